/**
 * Makes the Python environments that real Gradio servers run in: one per version of
 * tests/harness/gradio-versions.json, in the git-ignored cache folder, without touching the
 * system's Python. An environment is built under a passing name and renamed when it is complete, so
 * one that was interrupted is never taken for a whole one.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { phase } from "./phases.mjs";
import { run } from "./processes.mjs";

/**
 * @typedef {{ version: string, only?: "test:all", excludeNewer?: string, packages: string[] }} GradioVersion
 * @typedef {{ newest: string, uv: string, versions: GradioVersion[] }} GradioVersions
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache", "python");

/** @type {GradioVersions} */
export const gradioVersions = JSON.parse(
  readFileSync(join(root, "tests", "harness", "gradio-versions.json"), "utf8"),
);

/** Preferred first: the Gradio versions were all verified on 3.11, and older ones stop at 3.12. */
const INTERPRETERS = ["python3.11", "python3.12", "python3.10", "python3.13", "python3", "python"];
const DESCRIBE = "import sys; print(sys.version_info >= (3, 10), sys.executable)";
const RECIPE = "recipe.json";
/** The Pythons that every Gradio version of the table is known to work with. */
const KNOWN_TO_WORK = /^3\.1[01]\./;
/** Keeps Gradio from calling home, and from looking things up on the Hub. */
const QUIET = { GRADIO_ANALYTICS_ENABLED: "False", HF_HUB_OFFLINE: "1" };

/** @param {string} environment */
function interpreterOf(environment) {
  return process.platform === "win32"
    ? join(environment, "Scripts", "python.exe")
    : join(environment, "bin", "python");
}

/**
 * Succeeds or not, without a reason.
 *
 * @param {string} command
 * @param {readonly string[]} parameters
 */
async function works(command, parameters) {
  try {
    await run(command, parameters);
    return true;
  } catch {
    // Not being there and not working mean the same to the caller.
    return false;
  }
}

async function findInterpreter() {
  for (const name of INTERPRETERS) {
    // A version manager's stand-in may be on PATH and refuse to run: ask it.
    const answer = await run(name, ["-c", DESCRIBE]).catch(() => "");
    const [recent, ...path] = answer.trim().split(" ");
    if (recent === "True") return path.join(" ");
  }
  throw new Error(`No Python 3.10 or newer on PATH (looked for ${INTERPRETERS.join(", ")}).`);
}

/**
 * Debian ships Python without the part that puts pip into a new environment.
 *
 * @param {string} python
 */
async function ensureEnvironmentsCanBeMade(python) {
  if (await works(python, ["-c", "import ensurepip, venv"])) return;
  const mayInstall = process.getuid?.() === 0 && (await works("apt-get", ["--version"]));
  if (!mayInstall) {
    throw new Error(`${python} has no ensurepip. On Debian: apt-get install python3-venv`);
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "--yes", "--no-install-recommends", "python3-venv"], { env });
}

/**
 * Calls `build` with a new folder's name and puts what it made in the place of `environment`, if
 * that was not made by the same recipe before.
 *
 * @param {string} environment
 * @param {unknown} recipe
 * @param {(fresh: string) => Promise<unknown>} build
 */
async function once(environment, recipe, build) {
  const wanted = JSON.stringify(recipe);
  const made = await readFile(join(environment, RECIPE), "utf8").catch(() => "");
  if (made === wanted && (await works(interpreterOf(environment), ["-c", ""]))) return;
  await mkdir(folder, { recursive: true });
  const fresh = `${environment}.making-${process.pid}`;
  await build(fresh);
  await writeFile(join(fresh, RECIPE), wanted);
  await rm(environment, { recursive: true, force: true });
  await rename(fresh, environment);
}

/** Left behind by a run that was killed; another run of this moment has a live process. */
async function removeUnfinished() {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    const owner = /\.making-(\d+)$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Why this Python need not work with the older Gradio versions; `undefined` where it has to.
 *
 * @param {string} python
 */
export async function excuseOf(python) {
  const answer = await run(python, ["-c", "import platform; print(platform.python_version())"]);
  const version = answer.trim();
  if (KNOWN_TO_WORK.test(version)) return undefined;
  return `it does not work with Python ${version}; Python 3.11 would do`;
}

/** @param {number} processId */
function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    // No such process, or somebody else's: not a run of ours either way.
    return false;
  }
}

/** An environment of our own that holds uv; resolves with the Python to use and how to call uv. */
export async function provisionTools() {
  await removeUnfinished();
  const python = await findInterpreter();
  const tools = join(folder, "tools");
  await once(tools, { python, uv: gradioVersions.uv }, async (fresh) => {
    await ensureEnvironmentsCanBeMade(python);
    await run(python, ["-m", "venv", fresh]);
    await run(interpreterOf(fresh), ["-m", "pip", "install", `uv==${gradioVersions.uv}`], {
      env: { PIP_CACHE_DIR: join(root, ".cache", "pip"), PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    });
  });
  return { python, tools };
}

/**
 * The environment of one Gradio version; resolves with its interpreter.
 *
 * @param {{ python: string, tools: string }} provisioned what `provisionTools` gave
 * @param {GradioVersion} gradio
 */
export async function provisionGradio({ python, tools }, gradio) {
  const environment = join(folder, `gradio-${gradio.version}`);
  /** @param {readonly string[]} parameters */
  const uv = (parameters) =>
    // As a module: the scripts of an environment that was renamed point to its old name.
    run(interpreterOf(tools), ["-m", "uv", ...parameters], {
      env: { UV_CACHE_DIR: join(root, ".cache", "uv"), UV_PYTHON_DOWNLOADS: "never" },
    });
  await once(environment, { python, ...gradio }, async (fresh) => {
    await uv(["venv", "--python", python, fresh]);
    const date = gradio.excludeNewer ? ["--exclude-newer", gradio.excludeNewer] : [];
    const packages = [`gradio==${gradio.version}`, ...gradio.packages];
    await uv(["pip", "install", "--python", interpreterOf(fresh), ...date, ...packages]);
    // Proves that it works with this Python, and leaves the byte code for quick starts.
    await run(interpreterOf(fresh), ["-c", "import gradio"], { env: QUIET });
  });
  return interpreterOf(environment);
}

/** What `provisionGradio` gives for the newest version, with a line for each step. */
export async function provisionNewest() {
  const version = gradioVersions.newest;
  const gradio = gradioVersions.versions.find((candidate) => candidate.version === version);
  if (gradio === undefined) throw new Error(`no recipe for Gradio ${version}`);
  const tools = await phase("Python and uv", provisionTools);
  const python = await phase(`Gradio ${version}`, () => provisionGradio(tools, gradio));
  return { python, version };
}
