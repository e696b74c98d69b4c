/**
 * Makes the library's code: for each platform a few files that are loaded when they are needed, and a
 * single one for a plain `<script type="module">`. Holds the sizes of what a page loads to limits. The
 * declarations are `tsc --build`'s.
 */
import { readdirSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { rolldown } from "rolldown";

/**
 * What a page loads before it can do anything, and what it has loaded when its first call begins. See
 * docs/decisions/0008-size-of-the-core.md: what is in them, and what would make them less.
 */
const ENTRY_LIMIT_BYTES = 14 * 1024;
const FIRST_CALL_LIMIT_BYTES = 40 * 1024;

const client = fileURLToPath(new URL("../packages/client/", import.meta.url));
const dist = join(client, "dist");
const entry = join(dist, "index.js");
const { version, dependencies, peerDependencies } = JSON.parse(
  readFileSync(join(client, "package.json"), "utf8"),
);

/** @satisfies {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  logLimit: 0,
};

/** @param {string} character one unit of UTF-16 */
const escapeCharacter = (character) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The file that rolldown makes for what it adds itself, and how others load that. */
const runtimeName = "/rolldown-runtime.js";
const runtimeImport = /^import \{ t as __exportAll \} from "\.\/rolldown-runtime\.js";\n/;

/**
 * The ten lines of that file.
 *
 * @param {import("rolldown").OutputChunk | import("rolldown").OutputAsset | undefined} file
 */
function runtimeOf(file) {
  const [code] = file?.type === "chunk" ? file.code.split("export {") : [];
  if (code === undefined) throw new Error("rolldown's own file is not where it was");
  return code;
}

/**
 * What makes files quicker to read for an engine, and is written otherwise for people: a table that is
 * one text until it is used, no file of its own for ten lines, and no character outside of ASCII, for
 * which V8 takes twice the memory for all of a file.
 *
 * @type {import("rolldown").Plugin}
 */
const quickToRead = {
  name: "quick-to-read",
  load: {
    filter: { id: /\/src\/platform\/node\/mime-types\.ts$/ },
    handler: async () => {
      const { resolve: find } = createRequire(join(client, "package.json"));
      const { default: types } = await import(find("mime/types/standard.js"));
      const text = JSON.stringify(JSON.stringify(types));
      return `export const standardTypes = () => JSON.parse(${text});`;
    },
  },
  generateBundle: (_, files) => {
    const own = Object.values(files).find(({ fileName }) => fileName.endsWith(runtimeName));
    for (const file of Object.values(files)) {
      if (file.type !== "chunk" || file === own) continue;
      file.code = file.code
        .replace(runtimeImport, () => runtimeOf(own))
        .replaceAll(/[^\0-\x7F]/g, escapeCharacter);
    }
    if (own === undefined) return;
    delete files[own.fileName];
    const others = Object.values(files).filter(
      (file) => file.type === "chunk" && file.code.includes(runtimeName),
    );
    if (others.length > 0) throw new Error("rolldown's own file is loaded in an unknown way");
  },
};

/**
 * The files of one platform (docs/decisions/0011-built-in-chunks.md): what is there from the start,
 * what connecting takes, and one for each part that is loaded when it is needed.
 *
 * @param {"index" | "node"} name the entry point
 * @param {"web" | "node"} folder
 */
async function makeChunks(name, folder) {
  await rm(join(dist, folder), { recursive: true, force: true });
  const bundle = await rolldown({
    input: { [name]: join(client, "src", `${name}.ts`) },
    // What the manifest calls a dependency stays one; small libraries become part of the files.
    external: [/^node:/, ...Object.keys({ ...dependencies, ...peerDependencies })],
    platform: "neutral",
    plugins: [quickToRead],
    tsconfig: join(client, "tsconfig.json"),
    // Else the table of `mime` would be made for everybody, and not by the first file.
    treeshake: { moduleSideEffects: [{ test: /\/node_modules\/mime\//, sideEffects: false }] },
  });
  const { output } = await bundle.write({
    dir: dist,
    entryFileNames: "[name].js",
    chunkFileNames: `${folder}/[name].js`,
    comments: false,
    codeSplitting: {
      groups: [
        { name: "start", test: new RegExp(`/src/${name}\\.ts$`), priority: 2 },
        { name: "connect", test: /\/src\/connect\.ts$/, priority: 1 },
      ],
    },
  });
  await bundle.close();
  return output.flatMap((file) => ("moduleIds" in file ? file.moduleIds : []));
}

/**
 * What the authors of the libraries inside want to be told with every copy.
 *
 * @param {readonly string[]} modules
 */
async function writeLicenses(modules) {
  const folders = new Set(
    modules.flatMap(
      (id) => /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(id)?.[0] ?? [],
    ),
  );
  const texts = [...folders].toSorted().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((found) => /^licen[cs]e/i.test(found));
    if (file === undefined) throw new Error(`${name} has no license to hand on`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  await writeFile(join(dist, "licenses.txt"), texts.join("\n---\n\n"));
  return [...folders].map((folder) => basename(folder)).toSorted();
}

/** @param {readonly string[]} inside the libraries that became part of it */
async function makeSingleFile(inside) {
  await build({
    ...common,
    entryPoints: [entry],
    outfile: join(dist, "gradio-kit.js"),
    banner: {
      js: `/*! @gradio-kit/client ${version}, Apache-2.0. With ${inside.join(", ")}: see licenses.txt. */`,
    },
  });
}

/**
 * Gzipped bytes of what a page loads that connects to a current Gradio and calls it, as a bundler
 * splits it into files: of the files that it loads at once, and of all that it has loaded when it is
 * connected.
 */
async function measureFiles() {
  const { outputFiles, metafile } = await build({
    ...common,
    splitting: true,
    metafile: true,
    stdin: {
      contents: `export { Client, handleFile } from ${JSON.stringify(entry)}`,
      resolveDir: client,
      sourcefile: "page.js",
    },
    outdir: client,
    write: false,
  });
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, sizeOf(contents)]));
  const files = Object.entries(metafile.outputs);
  /** @param {string} name */
  const loadedWith = (name) => {
    const found = files.find(([, { entryPoint }]) => entryPoint?.endsWith(name));
    const loaded = new Set([found?.[0] ?? ""]);
    for (const file of loaded) {
      for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
        if (kind === "import-statement") loaded.add(path);
      }
    }
    return [...loaded];
  };
  /** @param {Iterable<string>} names */
  const sum = (names) =>
    [...new Set(names)].reduce((all, name) => all + (sizes.get(resolve(name)) ?? NaN), 0);
  const first = loadedWith("page.js");
  return { entry: sum(first), firstCall: sum([...first, ...loadedWith("web/connect.js")]) };
}

/** @param {Uint8Array} contents */
const sizeOf = (contents) => gzipSync(contents, { level: 9 }).length;

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** Resolves with the sizes, in words; rejects when one is over its limit. */
export async function bundleClient() {
  const [web, node] = await Promise.all([makeChunks("index", "web"), makeChunks("node", "node")]);
  await makeSingleFile(await writeLicenses(web));
  await writeLicenses([...web, ...node]);
  const { entry, firstCall } = await measureFiles();
  const said =
    `gzipped: ${kilobytes(entry)} to start (limit ${kilobytes(ENTRY_LIMIT_BYTES)}), ` +
    `${kilobytes(firstCall)} for a first call (limit ${kilobytes(FIRST_CALL_LIMIT_BYTES)})`;
  if (!(entry <= ENTRY_LIMIT_BYTES && firstCall <= FIRST_CALL_LIMIT_BYTES)) {
    throw new Error(
      `${said}: docs/decisions/0008-size-of-the-core.md says what may be loaded later`,
    );
  }
  return said;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await bundleClient());
