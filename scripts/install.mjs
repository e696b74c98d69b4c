import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} path */
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Whether node_modules is missing, or older than the lockfile. */
export function mustInstall() {
  const installed = changed(join(root, "node_modules", ".package-lock.json"));
  return installed < changed(join(root, "package-lock.json"));
}

/** Installs exactly what the lockfile says. */
export async function install() {
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root });
}
