/** Programs that Debian has: taken as they are, or installed where that is possible. */
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./processes.mjs";

/** @typedef {{ program: string } | { missing: string }} Found */

/** Servers lie where only the administrator's path leads. */
const FURTHER_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** @param {string} name */
async function findOnPath(name) {
  for (const directory of [...(process.env.PATH ?? "").split(delimiter), ...FURTHER_FOLDERS]) {
    const path = join(directory, name);
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (directory !== "" && usable) return path;
  }
  return undefined;
}

/**
 * A program that lies in the package of the same name. A machine that cannot have it can run the
 * other tests; one that calls itself `CI` must have it.
 *
 * @param {string} name
 * @returns {Promise<Found>}
 */
export async function provisionFromDebian(name) {
  const there = await findOnPath(name);
  if (there !== undefined) return { program: there };
  const mayInstall = process.getuid?.() === 0 && (await findOnPath("apt-get")) !== undefined;
  if (mayInstall) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], { env });
    await run("apt-get", ["install", "--yes", "--no-install-recommends", name], { env });
    const installed = await findOnPath(name);
    if (installed !== undefined) return { program: installed };
  }
  const missing = `there is no \`${name}\`. On Debian: apt-get install ${name}`;
  if (process.env.CI === "true") throw new Error(missing);
  return { missing };
}
