/**
 * Makes the library's single file for a plain `<script type="module">`, and holds the size of what a
 * page loads to a limit. Needs the built library (`tsc --build`).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** See docs/decisions/0008-size-of-the-core.md: why it is this much, and what would make it less. */
const CORE_LIMIT_BYTES = 34 * 1024;

const client = fileURLToPath(new URL("../packages/client/", import.meta.url));
const entry = join(client, "dist", "index.js");
const { version } = JSON.parse(readFileSync(join(client, "package.json"), "utf8"));

/** @satisfies {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  logLimit: 0,
};

async function makeSingleFile() {
  await build({
    ...common,
    entryPoints: [entry],
    outfile: join(client, "dist", "gradio-kit.js"),
    banner: {
      js: `/*! @gradio-kit/client ${version}, Apache-2.0. With eventsource-parser and leven, MIT. */`,
    },
  });
}

/** Leaves the parts outside that are loaded when they are needed, which most pages never do. */
const withoutLazyParts = {
  name: "without lazy parts",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/** Gzipped bytes of what a page loads to connect to a current Gradio and to call it. */
async function measureCore() {
  const { outputFiles } = await build({
    ...common,
    stdin: {
      contents: `export { Client, handleFile } from ${JSON.stringify(entry)}`,
      resolveDir: client,
    },
    plugins: [withoutLazyParts],
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** Resolves with the size of the core, in words; rejects when it is over the limit. */
export async function bundleClient() {
  await makeSingleFile();
  const core = await measureCore();
  const said = `core ${kilobytes(core)} gzipped, limit ${kilobytes(CORE_LIMIT_BYTES)}`;
  if (core > CORE_LIMIT_BYTES) {
    throw new Error(
      `${said}: docs/decisions/0008-size-of-the-core.md says what may be loaded later`,
    );
  }
  return said;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await bundleClient());
