/**
 * Installs the packages the way their users get them: packed, into projects of their own in the
 * git-ignored cache folder, with their dependencies from npm.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const quiet = ["--no-audit", "--no-fund"];

/**
 * The projects: what is packed into each, and what its users install beside it.
 *
 * @type {Record<string, { packed: string[], beside?: Record<string, string> }>}
 */
const PROJECTS = {
  // What the runtimes load; a SOCKS proxy takes the package beside it.
  "packed-client": { packed: ["client"], beside: { "socks-proxy-agent": "10.1.0" } },
  // All there is, and nothing else.
  "packed-packages": { packed: ["client", "testing", "cli"] },
};

/**
 * @param {string} name the folder of the package
 * @param {string} into
 * @returns {Promise<{ name: string, filename: string }>} the package's name and that of the archive
 */
async function pack(name, into) {
  const parameters = ["pack", join(root, "packages", name), "--pack-destination", into];
  const output = await run("npm", [...parameters, "--json"]);
  // npm's own warnings may come first.
  const [packed] = JSON.parse(output.slice(output.search(/^\[/m)));
  return packed;
}

/**
 * Packs the packages of a project as they are built, and installs them unless these very archives are
 * installed.
 *
 * @param {string} project
 */
async function installProject(project) {
  const { packed, beside = {} } = PROJECTS[project];
  const place = join(root, ".cache", project);
  const fresh = `${place}.making-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    const hash = createHash("sha256");
    /** @type {Record<string, string>} */
    const dependencies = { ...beside };
    for (const folder of packed) {
      const { name, filename } = await pack(folder, fresh);
      hash.update(await readFile(join(fresh, filename)));
      dependencies[name] = `file:${filename}`;
    }
    hash.update(JSON.stringify(dependencies));
    const sum = hash.digest("hex");
    const installed = await readFile(join(place, "archives.sha256"), "utf8").catch(() => "");
    if (installed === sum) return;
    const manifest = { private: true, type: "module", dependencies };
    await writeFile(join(fresh, "package.json"), JSON.stringify(manifest, undefined, 2));
    await run("npm", ["install", "--prefer-offline", ...quiet], { cwd: fresh });
    await writeFile(join(fresh, "archives.sha256"), sum);
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Installs all of them. */
export async function installPackedPackages() {
  for (const project of Object.keys(PROJECTS)) await installProject(project);
}
