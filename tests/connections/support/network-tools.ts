import { doWithout, findProgram } from "../../../scripts/debian.mjs";

/** The programs of other people that stand between a client and an app. */
export type NetworkTool = "nginx" | "tinyproxy" | "microsocks" | "stunnel4";

/**
 * Where a program is; `undefined` when this machine does not have it, which `npm test` says at its end.
 *
 * @throws where all of them must be there.
 */
export async function findTool(name: NetworkTool): Promise<string | undefined> {
  const found = await findProgram(name);
  if (found === undefined) doWithout(name);
  return found;
}
