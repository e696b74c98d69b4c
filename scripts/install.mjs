import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, run } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} path */
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Whether node_modules is missing, or older than the lockfile. */
export function mustInstall() {
  const installed = changed(join(root, "node_modules", ".package-lock.json"));
  return installed < changed(join(root, "package-lock.json"));
}

/**
 * Installs what the lockfile says.
 *
 * `npm ci` refuses a lockfile that lacks packages for other platforms, which npm leaves out when the
 * registry it was written with does not have them. `npm install` takes the same versions then, and
 * `--no-save` keeps the lockfile as it is.
 */
export async function install() {
  try {
    // Errors are told, also where this is run by `npm run --silent`: one of them is looked at.
    await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root });
  } catch (error) {
    const refused = error instanceof CommandError && error.output.includes("EUSAGE");
    if (!refused) throw error;
    await run("npm", ["install", "--no-save", "--no-audit", "--no-fund"], { cwd: root });
  }
}
