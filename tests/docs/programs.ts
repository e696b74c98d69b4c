import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Block } from "./blocks.js";
import type { Places } from "./places.js";

const folder = fileURLToPath(new URL("../../.cache/docs", import.meta.url));
/** What `gradio-kit codegen` makes of the app of the demo; tests/cli holds it to that. */
const appFile = fileURLToPath(new URL("../cli/demo-app.ts", import.meta.url));
const limitMilliseconds = 50_000;

/** What a block may leave out, as its document says: the imports, and the client. */
const imports =
  'import { AppError, Client, GradioError, GradioFile, handleFile, InputError, QuotaError, SpaceError } from "@gradio-kit/client";';
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
  places: Places,
): Promise<Map<Block, { problems: string[]; file: string }>> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const sources = blocks.map((_, index) => join(folder, `block-${index}.ts`));
  await copyFile(appFile, join(folder, "app.ts"));
  await Promise.all(
    blocks.map((block, index) => writeFile(sources[index] ?? "", completed(block.code, places))),
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

function completed(code: string, { addresses }: Places): string {
  const parts = [code];
  if (!/Client\.(?:connect|duplicate)/.test(code)) parts.unshift(connect);
  if (!code.includes('from "@gradio-kit/client"')) parts.unshift(imports);
  let program = parts.join("\n");
  for (const [written, real] of Object.entries(addresses)) {
    program = program.replaceAll(written, real);
  }
  return program;
}

type Variables = Readonly<Record<string, string | undefined>>;

function start(file: string, cwd: string, variables: Variables) {
  return spawn(process.execPath, ["--enable-source-maps", file], {
    cwd,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitMilliseconds,
    killSignal: "SIGKILL",
  });
}

/** Runs a program in a folder; what it printed. Rejects when it fails. */
export async function run(file: string, cwd: string, variables: Variables): Promise<string> {
  const child = start(file, cwd, variables);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`ended with ${code ?? "a signal"}\n${output.stderr}`);
  return output.stdout;
}

/** Runs a program that serves, until it has answered; what it answered. */
export async function ask(
  file: string,
  cwd: string,
  variables: Variables,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const child = start(file, cwd, variables);
  const ended = once(child, "close");
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  try {
    while (child.exitCode === null && child.signalCode === null) {
      try {
        const answer = await fetch(url, { headers });
        return await answer.text();
      } catch {
        // Not listening yet.
        await pause(50);
      }
    }
    throw new Error(`it ended before it answered\n${log}`);
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}
