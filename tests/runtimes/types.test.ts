import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { findAny } from "./find-any.js";
import { packedClient } from "./runtimes.js";

/** What a user writes: nothing of it may need a cast, nor the types of Node. */
const consumer = `
import { type AppSpec, Client, type GradioFile, handleFile, InputError, type Job } from "@gradio-kit/client";

export async function use(): Promise<void> {
  await using client = await Client.connect("http://127.0.0.1:7860", { maxWorkers: 2 });
  const unknown: unknown = await client.predict("/greet", { name: "Ada", file: handleFile("a.txt") });
  const text = await client.predict<string>("/greet", ["Ada"]);
  const job: Job<string> = client.submit<string>("/greet", { name: text });
  for await (const value of job) value.toUpperCase();
  for await (const update of job.updates()) if (update.type === "output") update.value.trim();
  const file: GradioFile = await client.upload(new Blob(["a"]), { onProgress: ({ loaded }) => void loaded });
  if (unknown instanceof InputError) unknown.code satisfies string;
  await file.save("a.txt");
}

interface App extends AppSpec {
  "/greet": { inputs: { name: string }; positional: [name: string]; result: string };
}

export async function useTyped(): Promise<string> {
  const client = await Client.connect<App>(new URL("http://127.0.0.1:7860"));
  return await client.predict("/greet", { name: "Ada" });
}
`;

const required = `
import kit = require("@gradio-kit/client");
export const connecting: Promise<kit.Client> = kit.Client.connect("http://127.0.0.1:7860");
`;

const { ModuleKind, ModuleResolutionKind } = ts;
const bundler = { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler };
const node16 = { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 };
const nodeNext = { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext };

/** The files of a project; none of them is on disk. */
const project = (extra: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({
      "consumer.mts": consumer,
      "single-file.mts": consumer.replace(`/client"`, `/client/single-file"`),
      ...extra,
    }).map(([name, text]) => [join(packedClient, name), text]),
  );

/** Which entry each way of resolving finds. */
const WAYS: readonly (readonly [
  string,
  ts.CompilerOptions,
  "index" | "node",
  ReadonlyMap<string, string>,
])[] = [
  ["bundler", bundler, "index", project()],
  ["node16", node16, "node", project()],
  ["nodenext", nodeNext, "node", project({ "required.cts": required })],
];

function compile(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.Program {
  const all: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    strict: true,
    exactOptionalPropertyTypes: true,
    // Our declarations are checked as well; TypeScript's own need not be.
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    types: [],
    noEmit: true,
    ...options,
  };
  const host = ts.createCompilerHost(all);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  host.readFile = (path) => files.get(path) ?? readFile.call(host, path);
  return ts.createProgram([...files.keys()], all, host);
}

describe.for(WAYS)("types under %s", ([, options, entry, files]) => {
  const program = compile(files, options);

  test("compile, without Node's types and with every declaration checked", () => {
    const complaints = ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => {
      return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
    expect(complaints).toEqual([]);
  });

  test(`come from the entry "${entry}"`, () => {
    const names = program.getSourceFiles().map(({ fileName }) => fileName);
    expect(names.some((name) => name.endsWith(`client/dist/${entry}.d.ts`))).toBe(true);
  });

  test("have no any in them", () => {
    expect(findAny(program, `client/dist/${entry}.d.ts`)).toEqual([]);
  });
});
