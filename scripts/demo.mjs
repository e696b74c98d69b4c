/**
 * `npm run demo`: from a fresh clone to a first result. See USAGE below.
 *
 * Node's own modules only: it runs before anything is installed.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { install, mustInstall } from "./install.mjs";
import { failedPhases, phase } from "./phases.mjs";
import { endAll, run } from "./processes.mjs";
import { provisionNewest } from "./python.mjs";

const USAGE = `Usage:
  npm run demo                                          the tour, on an embedded app
  npm run demo -- --gradio                              the tour, on a real Gradio (needs Python)
  npm run demo -- --serve                               keep the embedded app running
  npm run demo -- <url or Space id>                     look at any app and call it
  npm run demo -- <url or Space id> /endpoint key=value ...
                                                        key:=json and key=@file work too`;

const root = fileURLToPath(new URL("..", import.meta.url));
const interrupted = new AbortController();

/**
 * @typedef {{ kind: "help" } | { kind: "embedded" } | { kind: "gradio" } | { kind: "serve" }
 *   | { kind: "app", src: string, words: string[] }} Wish
 */

/**
 * @param {string[]} line
 * @returns {Wish | undefined} `undefined` for what makes no sense
 */
function readCommandLine(line) {
  const [first, ...rest] = line;
  if (first === undefined) return { kind: "embedded" };
  if (!first.startsWith("-")) return { kind: "app", src: first, words: rest };
  if (rest.length > 0) return undefined;
  if (first === "--gradio") return { kind: "gradio" };
  if (first === "--serve") return { kind: "serve" };
  return first === "--help" || first === "-h" ? { kind: "help" } : undefined;
}

async function build() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [tsc, "--build", "demo", "packages/cli"], { cwd: root });
  await run(process.execPath, [join(root, "scripts", "bundle-client.mjs")], { cwd: root });
}

/** @param {Exclude<Wish, { kind: "help" }>} wish */
async function main(wish) {
  if (mustInstall()) await phase("install the npm packages", install);
  await phase("build", build);
  const request = wish.kind === "gradio" ? { ...wish, ...(await provisionNewest()) } : wish;
  const program = pathToFileURL(join(root, "demo", "dist", "main.js"));
  const { runDemo } = await import(program.href);
  return await runDemo(request, interrupted.signal);
}

/** The first one ends everything in good order, the second one at once. */
function interrupt() {
  if (interrupted.signal.aborted) process.exit(130);
  interrupted.abort(new Error("stopped"));
  void endAll();
}

const wish = readCommandLine(process.argv.slice(2));
if (wish === undefined) {
  console.error(`This is not understood: ${process.argv.slice(2).join(" ")}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (wish.kind === "help") {
  console.log(USAGE);
} else {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
  try {
    process.exitCode = await main(wish);
  } catch (error) {
    process.exitCode = interrupted.signal.aborted ? 130 : 1;
    // A phase that failed has said why itself.
    const told = interrupted.signal.aborted || failedPhases().length > 0;
    if (!told) console.error(`\n${error instanceof Error ? error.message : error}`);
  }
}
