/**
 * `npm run peers`: the faults of docs/reliability.md before this client and the two official ones,
 * in about ten minutes; writes bench/peers.md. With parts of names of faults it tries only these,
 * and writes the page to standard output.
 *
 * Node's own modules only: it runs before anything is installed.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { install, mustInstall } from "./install.mjs";
import { failedPhases, phase } from "./phases.mjs";
import { endAll, run } from "./processes.mjs";
import { provisionNewest } from "./python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** @param {string[]} path */
const tool = (...path) => join(root, "node_modules", ...path);

async function build() {
  const tsc = tool("typescript", "bin", "tsc");
  await run(process.execPath, [tsc, "--build", "bench"], { cwd: root });
  await run(process.execPath, [join(root, "scripts", "bundle-client.mjs")], { cwd: root });
}

/** @param {readonly string[]} names */
async function main(names) {
  if (mustInstall()) await phase("install the npm packages", install);
  await phase("build", build);
  const { python } = await provisionNewest();
  const program = pathToFileURL(join(root, "bench", "dist", "peers", "main.js"));
  const { runPeers } = await import(program.href);
  await runPeers(python, names);
  const page = join(root, "bench", "peers.md");
  await run(process.execPath, [tool("prettier", "bin", "prettier.cjs"), "--write", page]);
}

/** @param {string} reason */
async function abort(reason) {
  console.error(`\n${reason}: ending what still runs`);
  await endAll();
  process.exit(130);
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => void abort(signal));
}
try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  // A phase that failed has said why itself.
  if (failedPhases().length === 0) console.error(error);
}
