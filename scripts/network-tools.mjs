/** What stands between clients and apps in real life, for tests/connections. */
import { provisionFromDebian } from "./debian.mjs";
import { phase } from "./phases.mjs";

const TOOLS = ["nginx", "tinyproxy", "microsocks", "stunnel4"];

/** @returns {Promise<string[]>} what had to be left out, and why */
export async function provisionNetworkTools() {
  await phase("openssl", async () => {
    // It makes the certificates of too many tests to leave them out.
    const found = await provisionFromDebian("openssl");
    if ("missing" in found) throw new Error(found.missing);
  });
  const leftOut = [];
  for (const name of TOOLS) {
    const found = await phase(name, () => provisionFromDebian(name));
    if ("missing" in found) leftOut.push(`tests that need ${name} (${found.missing})`);
  }
  return leftOut;
}
