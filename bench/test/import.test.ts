import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("loaded-modules.mjs", import.meta.url));
const webEntry = new URL("../../packages/client/dist/index.js", import.meta.url).href;

/**
 * What is there from the start. Requests, files, cryptography and packages come when they are needed;
 * the modules of Node are loaded by Node itself before.
 */
const mayBeLoadedInNode = new Set([
  "@gradio-kit/client/node.js",
  "@gradio-kit/client/node/start.js",
  "node:buffer",
  "node:string_decoder",
]);

/** Modules of ours by their files, of others by their packages. */
async function loadedBy(module: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, module], {
    timeout: 30_000,
  });
  const names = stdout
    .split("\n")
    .map((address) =>
      address
        .replace(/^file:.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, "$1")
        .replace(/^file:.*\/packages\/client\/dist\//, "@gradio-kit/client/"),
    );
  return [...new Set(names)].filter((name) => name !== "").toSorted();
}

test("an import in Node loads what every program needs, and nothing else", async () => {
  const loaded = await loadedBy("@gradio-kit/client");
  expect(loaded).toContain("@gradio-kit/client/node.js");
  expect(loaded.filter((name) => !mayBeLoadedInNode.has(name))).toEqual([]);
});

test("an import elsewhere loads two files of ours", async () => {
  expect(await loadedBy(webEntry)).toEqual([
    "@gradio-kit/client/index.js",
    "@gradio-kit/client/web/start.js",
  ]);
});
