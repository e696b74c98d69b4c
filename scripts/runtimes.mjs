/**
 * Brings the runtimes of tests/runtimes/runtimes.json into the git-ignored cache folder: the ones
 * from npm by the packages that hold their programs, Chromium from Debian. What is there already is
 * left as it is.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provisionFromDebian } from "./debian.mjs";
import { phase } from "./phases.mjs";
import { run } from "./processes.mjs";

/**
 * @typedef {"node" | "bun" | "deno" | "workerd"} NpmKind
 * @typedef {{ name: string, kind: NpmKind, version: string }} NpmRuntime
 * @typedef {{ name: string, kind: "chromium", page: string }} BrowserRuntime
 * @typedef {NpmRuntime | BrowserRuntime} Runtime
 * @typedef {import("./debian.mjs").Found} Found
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache", "runtimes");

/** @type {Runtime[]} */
const runtimes = JSON.parse(readFileSync(join(root, "tests", "runtimes", "runtimes.json"), "utf8"));

const { platform, arch } = process;

/**
 * Which package holds the program of this platform, and where in it. The packages that choose by
 * themselves do it in install scripts, or bring the programs of other platforms along.
 *
 * @type {Record<NpmKind, { package: string, program: string }>}
 */
const KINDS = {
  node: { package: `node-${platform}-${arch}`, program: "bin/node" },
  bun: {
    package: `@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}`,
    program: "bin/bun",
  },
  deno: {
    package: `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`,
    program: "deno",
  },
  workerd: {
    package: `@cloudflare/workerd-${platform}-${arch === "x64" ? "64" : arch}`,
    program: "bin/workerd",
  },
};

/**
 * The program of one runtime from npm.
 *
 * @param {NpmRuntime} runtime
 * @returns {Promise<Found>}
 */
async function provisionFromNpm({ kind, version }) {
  const { package: name, program } = KINDS[kind];
  const place = join(folder, `${kind}-${version}`);
  const found = join(place, "node_modules", name, program);
  if (existsSync(found)) return { program: found };
  const fresh = `${place}.making-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    const quiet = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", "--prefix", fresh, ...quiet, `${name}@${version}`]);
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return { program: found };
}

/** Rows of the table by the program that they need: all pages share one browser. */
function rowsByProgram() {
  /** @type {Map<string, Runtime[]>} */
  const rows = new Map();
  for (const runtime of runtimes) {
    const title = runtime.kind === "chromium" ? "Chromium" : `${runtime.kind} ${runtime.version}`;
    rows.set(title, [...(rows.get(title) ?? []), runtime]);
  }
  return rows;
}

/**
 * Provisions every runtime, and leaves for the tests where each of them is, so that they also run
 * without `npm test`.
 *
 * @returns {Promise<string[]>} what had to be left out, and why
 */
export async function provisionRuntimes() {
  /** @type {Record<string, Found>} */
  const found = {};
  /** @type {string[]} */
  const leftOut = [];
  for (const [title, rows] of rowsByProgram()) {
    const [runtime] = rows;
    const program = await phase(title, () =>
      runtime.kind === "chromium" ? provisionFromDebian("chromium") : provisionFromNpm(runtime),
    );
    if ("missing" in program) leftOut.push(`${title} (${program.missing})`);
    for (const { name } of rows) found[name] = program;
  }
  await mkdir(folder, { recursive: true });
  const fresh = join(folder, `found.json.${process.pid}`);
  await writeFile(fresh, JSON.stringify(found, undefined, 2));
  await rename(fresh, join(folder, "found.json"));
  return leftOut;
}
