/** Programs that Debian has: taken as they are, or installed where that is possible. */
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./processes.mjs";

/** @typedef {{ program: string } | { missing: string }} Found */

/** Servers lie where only the administrator's path leads. */
const FURTHER_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/**
 * A program that is on this machine already.
 *
 * @param {string} name
 * @returns {Promise<string | undefined>} where it lies
 */
export async function findProgram(name) {
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
 * What a missing program means: a machine that cannot have it can run the other tests; one that calls
 * itself `CI` must have it.
 *
 * @param {string} name
 * @param {string} [why] it could not be installed
 * @returns {{ missing: string }}
 */
export function doWithout(name, why) {
  const missing = `there is no \`${name}\`. On Debian: apt-get install ${name}`;
  const reason = why === undefined ? missing : `${missing} (tried: ${why})`;
  if (process.env.CI === "true") throw new Error(reason);
  return { missing: reason };
}

/**
 * A program that lies in the package of the same name.
 *
 * @param {string} name
 * @returns {Promise<Found>}
 */
export async function provisionFromDebian(name) {
  const there = await findProgram(name);
  if (there !== undefined) return { program: there };
  const mayInstall = process.getuid?.() === 0 && (await findProgram("apt-get")) !== undefined;
  const why = mayInstall ? await tryToInstall(name) : undefined;
  const installed = await findProgram(name);
  return installed === undefined ? doWithout(name, why) : { program: installed };
}

/**
 * @param {string} name
 * @returns {Promise<string | undefined>} why it is not installed
 */
async function tryToInstall(name) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update"], { env });
    await run("apt-get", ["install", "--yes", "--no-install-recommends", name], { env });
    return undefined;
  } catch (error) {
    // Without a network, say: whether that is a failure is decided elsewhere.
    return error instanceof Error ? error.message : String(error);
  }
}
