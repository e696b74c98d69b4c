/**
 * `npm run bench`: what the clients cost beside a bare HTTP program, side by side on the same
 * servers. See USAGE below, and bench/README.md.
 *
 * Node's own modules only: it runs before anything is installed.
 */
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { install, mustInstall } from "./install.mjs";
import { failedPhases, phase } from "./phases.mjs";
import { endAll, run } from "./processes.mjs";
import { provisionNewest } from "./python.mjs";

const USAGE = `Usage:
  npm run bench                        everything, in at most 15 minutes; writes bench/results.md
  npm run bench -- --quick             the same with fewer rounds, in at most 2 minutes
  npm run bench -- <case> ...          these cases only; nothing is written
  npm run bench -- --only ours <case>  the floor and this contestant only (ours, npm, python)
  npm run bench -- --profile <folder> <case>
                                       leaves a .cpuprofile of every Node process there`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function build() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [tsc, "--build", "bench"], { cwd: root });
  await run(process.execPath, [join(root, "scripts", "bundle-client.mjs")], { cwd: root });
}

/** @param {string[]} line */
function readCommandLine(line) {
  const { values, positionals } = parseArgs({
    args: line,
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      profile: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  return { ...values, cases: positionals };
}

/** @param {string} reason */
async function abort(reason) {
  console.error(`\n${reason}: ending what still runs`);
  await endAll();
  process.exit(130);
}

/** @param {ReturnType<typeof readCommandLine>} wish */
async function main({ help: _help, ...wish }) {
  if (mustInstall()) await phase("install the npm packages", install);
  await phase("build", build);
  const { python } = await provisionNewest();
  const program = pathToFileURL(join(root, "bench", "dist", "main.js"));
  const { caseNames, runBench } = await import(program.href);
  const unknown = wish.cases.filter((name) => !caseNames.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No such case: ${unknown.join(", ")}. There are: ${caseNames.join(", ")}.`);
  }
  const profile = wish.profile === undefined ? undefined : resolve(wish.profile);
  await runBench({ ...wish, profile, python });
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => void abort(signal));
}
try {
  const wish = readCommandLine(process.argv.slice(2));
  if (wish.help) console.log(USAGE);
  else await main(wish);
} catch (error) {
  process.exitCode = 1;
  // A phase that failed has said why itself.
  if (failedPhases().length === 0) {
    console.error(`\n${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
