import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import type * as kit from "@gradio-kit/client";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { packedClient, runtimes } from "./runtimes.js";

const LIMIT_MILLISECONDS = 25_000;
const program = (name: string): string => join(packedClient, "program", name);
const nodes = runtimes.filter(({ kind }) => kind === "node");

async function runIn(node: string, ...parameters: string[]): Promise<[out: string, err: string]> {
  const { stdout, stderr } = await promisify(execFile)(node, parameters, {
    timeout: LIMIT_MILLISECONDS,
    killSignal: "SIGKILL",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return [stdout.trim(), stderr];
}

/** Bundles a program that uses the packed library, for a runtime that is not Node. */
async function bundle(
  contents: string,
  options: esbuild.BuildOptions = {},
): Promise<{ text: string; inputs: esbuild.Metafile["inputs"] }> {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents, resolveDir: packedClient },
    bundle: true,
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
    external: ["node:*"],
    ...options,
  });
  return { text: outputFiles?.[0]?.text ?? "", inputs: metafile?.inputs ?? {} };
}

describe("outside Node", () => {
  test("no module of Node is imported, by nothing that can be reached", async () => {
    const { inputs } = await bundle(`export * from "@gradio-kit/client";`);
    const imported = Object.values(inputs).flatMap(({ imports }) => imports);
    expect(Object.keys(inputs).join("\n")).toContain("dist/web/");
    expect(Object.keys(inputs).filter((path) => path.includes("dist/node"))).toEqual([]);
    expect(imported.filter(({ external }) => external === true)).toEqual([]);
  });

  test("importing asks the runtime for nothing: there is not even a global", async () => {
    const { text } = await bundle(`export * from "@gradio-kit/client";`, {
      format: "iife",
      globalName: "kit",
    });
    // Only the language itself: no fetch, no timers, no URL, no console.
    const { kit } = runInNewContext(`${text}; globalThis`, {}) as { kit: object };
    expect(Object.keys(kit)).toContain("Client");
  });

  test("the same holds for the single file", async () => {
    const path = join(packedClient, "node_modules/@gradio-kit/client/dist/gradio-kit.js");
    const file = await readFile(path, "utf8");
    expect(file).not.toMatch(/["'](?:node:|eventsource-parser|leven)/);
    const { text } = await bundle(file, { format: "iife", globalName: "kit" });
    const { kit } = runInNewContext(`${text}; globalThis`, {}) as { kit: object };
    expect(Object.keys(kit)).toContain("Client");
  });

  test("what is not used is left out of a bundle", async () => {
    const nothing = await bundle(`import "@gradio-kit/client";`);
    expect(nothing.text.trim()).toBe("");
    const error = await bundle(`export { TimeoutError } from "@gradio-kit/client";`);
    expect(Object.keys(error.inputs).length).toBeGreaterThan(10);
    expect(error.text).not.toContain("class Client");
  });
});

describe("connecting", () => {
  const incomplete = join(packedClient, "incomplete");

  beforeAll(async () => {
    const dist = join(packedClient, "node_modules/@gradio-kit/client/dist");
    await rm(incomplete, { recursive: true, force: true });
    await mkdir(incomplete);
    await writeFile(join(incomplete, "package.json"), `{ "type": "module" }`);
    await cp(join(dist, "node.js"), join(incomplete, "node.js"));
    await cp(join(dist, "node"), join(incomplete, "node"), { recursive: true });
    await rm(join(incomplete, "node", "connect.js"));
  });

  afterAll(() => rm(incomplete, { recursive: true, force: true }));

  test("asks the app before the rest of the library is there, and says when it cannot be had", async () => {
    const { Client, ConnectionError } = (await import(
      pathToFileURL(join(incomplete, "node.js")).href
    )) as typeof kit;
    const asked: string[] = [];
    const connecting = Client.connect("http://app.example/sub", {
      fetch: (input) => {
        asked.push(String(input));
        return new Promise<Response>(() => {});
      },
    });
    const error = await connecting.then(String, (error: unknown) => error);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ code: "UNREACHABLE", retryable: true });
    expect(asked).toEqual([
      "http://app.example/sub/config",
      "http://app.example/sub/gradio_api/info?all_endpoints=true",
    ]);
  });
});

describe.each(nodes)("in $name", ({ program: node }) => {
  test("importing changes nothing, and leaves nothing open", async () => {
    const [before, after] = JSON.parse(
      (await runIn(node, program("imported.mjs")))[0],
    ) as unknown[];
    expect(after).toEqual(before);
  });

  test.for(inject("servers"))("require() works, without a warning [$name]", async ({ apps }) => {
    const [output, warnings] = await runIn(node, program("required.cjs"), apps.main);
    expect(warnings).toBe("");
    expect(JSON.parse(output)).toEqual(["Hello Ada!", true, "required.cjs"]);
  });
});
