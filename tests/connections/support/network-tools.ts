import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The programs of other people that stand between a client and an app. */
export type NetworkTool = "nginx" | "tinyproxy" | "microsocks" | "stunnel4";

/** Where a program is; `undefined` when this machine does not have it. */
export function findTool(name: NetworkTool): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/bin"];
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  // `npm test` names what it could not get; where all must be there, it has failed already.
  if (found === undefined && process.env["CI"] === "true") throw new Error(`there is no ${name}`);
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run.
    return false;
  }
}
