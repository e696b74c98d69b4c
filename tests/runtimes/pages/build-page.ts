import { randomUUID } from "node:crypto";
import { copyFile, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import * as vite from "vite";
import { packedClient, type Runtime } from "../runtimes.js";

/** A page that runs the program, and what its bundler had to say against it. */
export interface BuiltPage {
  readonly folder: string;
  readonly warnings: readonly string[];
}

/** Beside the packed library, so that it is found as in a project; emptied before every run. */
export const pagesFolder: string = join(packedClient, "pages");
const program = join(packedClient, "program");
const page = (head: string, script: string): string =>
  `<!doctype html><meta charset="utf-8"><title>gradio-kit</title>${head}<script type="module" src="${script}"></script>`;

/** Each way in which the packed library gets into a page. */
const BUILDERS: Readonly<
  Record<NonNullable<Runtime["page"]>, (folder: string) => Promise<readonly string[]>>
> = {
  esbuild: async (folder) => {
    const { warnings } = await esbuild.build({
      entryPoints: [join(program, "page.mjs")],
      outdir: folder,
      bundle: true,
      splitting: true,
      format: "esm",
      logLevel: "silent",
    });
    await writeFile(join(folder, "index.html"), page("", "./page.js"));
    return warnings.map(({ text }) => text);
  },

  vite: async (folder) => {
    const root = `${folder}-source`;
    await mkdir(root, { recursive: true });
    await writeFile(join(root, "index.html"), page("", "/main.js"));
    await writeFile(join(root, "main.js"), `import "../../program/page.mjs";`);
    const warnings: string[] = [];
    const customLogger = vite.createLogger("silent");
    customLogger.warn = (text) => warnings.push(text);
    customLogger.warnOnce = customLogger.warn;
    await vite.build({
      root,
      configFile: false,
      logLevel: "silent",
      customLogger,
      base: "./",
      build: { outDir: folder, emptyOutDir: false },
    });
    return warnings;
  },

  // No bundler at all: the file as it is, and the program as it is written.
  "single-file": async (folder) => {
    const client = join(packedClient, "node_modules", "@gradio-kit", "client");
    await copyFile(join(client, "dist", "gradio-kit.js"), join(folder, "gradio-kit.js"));
    await cp(program, folder, { recursive: true });
    const imports = { imports: { "@gradio-kit/client": "./gradio-kit.js" } };
    const map = `<script type="importmap">${JSON.stringify(imports)}</script>`;
    await writeFile(join(folder, "index.html"), page(map, "./page.mjs"));
    await writeFile(join(folder, "empty.html"), "");
    return [];
  },
};

const built = new Map<string, Promise<BuiltPage>>();

/** Builds one kind of page, once per test file. */
export function buildPage(kind: NonNullable<Runtime["page"]>): Promise<BuiltPage> {
  const page = built.get(kind) ?? build(kind);
  built.set(kind, page);
  return page;
}

async function build(kind: NonNullable<Runtime["page"]>): Promise<BuiltPage> {
  // Test files run side by side: each has its own.
  const folder = join(pagesFolder, `${kind}-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  return { folder, warnings: await BUILDERS[kind](folder) };
}
