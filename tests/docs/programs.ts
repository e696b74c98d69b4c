import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Block } from "./blocks.js";

const folder = fileURLToPath(new URL("../../.cache/docs", import.meta.url));
const limitMilliseconds = 20_000;

/** What a block may leave out, as its document says: the imports, and the client. */
const imports =
  'import { AppError, Client, GradioError, GradioFile, handleFile, QuotaError, SpaceError } from "@gradio-kit/client";';
const connect =
  'await using client = await Client.connect("http://127.0.0.1:7860", { verbose: false });';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
};

/** The blocks as programs: what TypeScript says against each, and the file that can be run. */
export async function compile(
  blocks: readonly Block[],
  url: string,
): Promise<Map<Block, { problems: string[]; file: string }>> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const sources = blocks.map((_, index) => join(folder, `block-${index}.ts`));
  await Promise.all(
    blocks.map((block, index) => writeFile(sources[index] ?? "", completed(block.code, url))),
  );
  const program = ts.createProgram(sources, options);
  program.emit();
  const diagnostics = ts.getPreEmitDiagnostics(program);
  return new Map(
    blocks.map((block, index) => {
      const own = diagnostics.filter(({ file }) => file?.fileName === sources[index]);
      const problems = own.map(({ messageText }) =>
        ts.flattenDiagnosticMessageText(messageText, "\n"),
      );
      return [block, { problems, file: join(folder, `block-${index}.js`) }];
    }),
  );
}

function completed(code: string, url: string): string {
  const parts = [code];
  if (!/Client\.(?:connect|duplicate)/.test(code)) parts.unshift(connect);
  if (!code.includes('from "@gradio-kit/client"')) parts.unshift(imports);
  return parts.join("\n").replaceAll("http://127.0.0.1:7860", url);
}

/** Runs a program in a folder; what it printed. Rejects when it fails. */
export async function run(
  file: string,
  cwd: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, ["--enable-source-maps", file], {
    cwd,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitMilliseconds,
    killSignal: "SIGKILL",
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`ended with ${code ?? "a signal"}\n${output.stderr}`);
  return output.stdout;
}
