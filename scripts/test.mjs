/**
 * `npm test`: from a fresh clone to every test, with nothing else to set up.
 *
 *     npm test                          everything
 *     npm test -- cancelling            only test files whose path contains "cancelling"
 *     npm test -- cancelling -t C43     only tests whose name contains "C43"
 *     npm test -- --server 6.31.0       contract tests on this server only (or: embedded)
 *     npm run test:all                  the same on every Gradio version that the table has
 *     npm test -- --write-compatibility the same, and docs/compatibility.md from what it saw
 *     npm test -- --quick               build and tests, no static checks
 *
 * The last line says `N passed, N failed`. A check that failed (lint, types, ...) counts as one.
 */
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, mustInstall } from "./install.mjs";
import { installPackedPackages } from "./packed-packages.mjs";
import { provisionNetworkTools } from "./network-tools.mjs";
import { check, failedPhases, phase } from "./phases.mjs";
import { endAll, run } from "./processes.mjs";
import { excuseOf, gradioVersions, provisionGradio, provisionTools } from "./python.mjs";
import { provisionRuntimes } from "./runtimes.mjs";
import { provisionShells } from "./shells.mjs";

/** For a machine that has nothing yet and little to compute with. */
const LIMIT_MINUTES = process.argv.includes("--all") ? 80 : 60;
const root = fileURLToPath(new URL("..", import.meta.url));
const report = join(root, ".cache", "vitest-report.json");
/** Where the tests put their temporary files. @type {string | undefined} */
let temporary;
/** What this machine does not have. @type {string[]} */
const leftOut = [];
const packages = ["client", "testing", "cli"].map((name) => join(root, "packages", name));

/** @param {string[]} line */
function readCommandLine(line) {
  const filters = [...line];
  /** @param {string} name */
  const flag = (name) => {
    const at = filters.indexOf(name);
    if (at >= 0) filters.splice(at, 1);
    return at >= 0;
  };
  const [quick, all, write] = [flag("--quick"), flag("--all"), flag("--write-compatibility")];
  const serverAt = filters.indexOf("--server");
  const named = serverAt >= 0 ? filters.splice(serverAt, 2)[1]?.split(",") : undefined;
  const ofTable = gradioVersions.versions.filter(({ only }) => all || only === undefined);
  const servers = named ?? [...ofTable.map(({ version }) => version), "embedded"];
  // A part of the tests says nothing about the whole.
  const isWhole = named === undefined && filters.length === 0;
  return { quick, all, servers, filters, compatibility: isWhole && (write ? "write" : "compare") };
}

/** Where each tool's program lies within node_modules. */
const TOOLS = {
  tsc: "typescript/bin/tsc",
  oxlint: "oxlint/bin/oxlint",
  prettier: "prettier/bin/prettier.cjs",
  knip: "knip/bin/knip.js",
  publint: "publint/src/cli.js",
  typedoc: "typedoc/bin/typedoc",
  attw: "@arethetypeswrong/cli/dist/index.js",
  vitest: "vitest/vitest.mjs",
};

/**
 * Tools are started as Node scripts, not through npx: half a second less each, and no npm between
 * them and a signal.
 *
 * @param {keyof typeof TOOLS} name
 * @param {readonly string[]} parameters
 * @param {{ env?: Record<string, string | undefined>, show?: boolean }} [options]
 */
const tool = (name, parameters, options = {}) =>
  run(process.execPath, [join(root, "node_modules", TOOLS[name]), ...parameters], {
    cwd: root,
    ...options,
  });

/**
 * @param {readonly string[]} servers
 * @returns {Promise<Record<string, string>>} interpreter by Gradio version
 */
async function provision(servers) {
  const tools = await phase("Python and uv", provisionTools);
  const excuse = process.env.CI === "true" ? undefined : await excuseOf(tools.python);
  /** @type {Record<string, string>} */
  const interpreters = {};
  // The newest one is what the other tests call.
  const wanted = new Set([gradioVersions.newest, ...servers]);
  for (const gradio of gradioVersions.versions.filter(({ version }) => wanted.has(version))) {
    const title = `Gradio ${gradio.version}`;
    const found = await phase(title, async () => {
      try {
        return await provisionGradio(tools, gradio);
      } catch (error) {
        if (excuse === undefined) throw error;
        leftOut.push(`${title} (${excuse})`);
      }
    });
    if (found !== undefined) interpreters[gradio.version] = found;
  }
  return interpreters;
}

async function bundle() {
  // It needs a package that may have been installed only now.
  const { bundleClient } = await import("./bundle-client.mjs");
  await bundleClient();
}

/** One after the other: apt-get does not run twice at a time. */
async function provisionMachine() {
  leftOut.push(...(await provisionRuntimes()));
  leftOut.push(...(await provisionNetworkTools()));
  leftOut.push(...(await provisionShells()));
}

/** @param {boolean} quick */
async function buildAndCheck(quick) {
  await phase("npm packages", async () => {
    if (mustInstall()) await install();
  });
  await phase("types (tsc --build)", () => tool("tsc", ["--build"]));
  await check("build and size of the library", bundle);
  await phase("the packed packages", installPackedPackages);
  if (quick) return;
  await check("types of the tests", () => tool("tsc", ["-p", "tests"]));
  await check("lint (oxlint)", () => tool("oxlint", ["--deny-warnings"]));
  await check("format (prettier)", () => tool("prettier", ["--check", "."]));
  await check("API reference (typedoc)", () => tool("typedoc", ["--emit", "none"]));
  await check("unused code (knip)", () => tool("knip", []));
  for (const folder of packages) await checkPackage(folder);
}

/** @param {string} folder */
async function checkPackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  await check(`publint ${manifest.name}`, () => tool("publint", ["--strict", folder]));
  // Types can be wrong only where there is something to import.
  if (manifest.exports?.["."] === undefined) return;
  await check(`attw ${manifest.name}`, () =>
    tool("attw", ["--pack", folder, "--profile", "esm-only"]),
  );
}

/**
 * @param {Record<string, string>} interpreters
 * @param {{ all: boolean, servers: string[], filters: string[], compatibility: string | false }} selection
 */
async function runTests(interpreters, { all, servers, filters, compatibility }) {
  await rm(report, { force: true });
  temporary = await mkdtemp(join(tmpdir(), "gradio-kit-npm-test-"));
  const env = {
    // Whatever a test leaves behind, or a run that is interrupted, goes with this folder.
    TMPDIR: temporary,
    GRADIO_KIT_PYTHON: interpreters[gradioVersions.newest],
    GRADIO_KIT_PYTHONS: JSON.stringify(interpreters),
    GRADIO_KIT_SERVERS: servers.filter((id) => id === "embedded" || id in interpreters).join(","),
    // An exception that is none any more fails: that takes its time, in vain as a rule.
    GRADIO_KIT_CHECK_EXCEPTIONS: all || compatibility === "write" ? "1" : undefined,
    GRADIO_KIT_COMPATIBILITY: compatibility || undefined,
  };
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  if (compatibility) reporters.push("--reporter=./tests/harness/compatibility-reporter.ts");
  await tool("vitest", ["run", ...reporters, ...filters], { env, show: true });
}

async function removeTemporary() {
  if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
}

async function countTests() {
  const text = await readFile(report, "utf8").catch(() => "{}");
  const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(text);
  return { passed: numPassedTests, failed: numFailedTests };
}

async function main() {
  const { quick, ...selection } = readCommandLine(process.argv.slice(2));
  await mkdir(join(root, ".cache"), { recursive: true });
  // Side by side: the last one computes, the others mostly wait for the network.
  const [interpreters] = await Promise.all([
    provision(selection.servers),
    provisionMachine(),
    buildAndCheck(quick),
  ]);
  await check("tests (vitest)", () => runTests(interpreters, selection));
}

async function finish() {
  const failures = failedPhases();
  const tests = await countTests();
  // The phase of the tests stands for its failed tests, unless it failed for another reason.
  const others = failures.filter((title) => tests.failed === 0 || title !== "tests (vitest)");
  if (failures.length > 0) console.log(`\nfailed: ${failures.join(", ")}`);
  if (leftOut.length > 0) console.log(`\nleft out: ${leftOut.join(", ")}`);
  console.log(`\n${tests.passed} passed, ${tests.failed + others.length} failed`);
  await removeTemporary();
  process.exit(failures.length > 0 ? 1 : 0);
}

/** @param {string} reason */
async function abort(reason) {
  console.log(`\n${reason}: ending what still runs`);
  await endAll();
  await removeTemporary();
  process.exit(1);
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => void abort(signal));
}
setTimeout(() => void abort(`over ${LIMIT_MINUTES} minutes`), LIMIT_MINUTES * 60_000).unref();

try {
  await rm(report, { force: true });
  await main();
} catch (error) {
  // A phase has shown its failure itself. The other lane may still be at work: end it.
  if (failedPhases().length === 0) throw error;
  await endAll();
}
await finish();
