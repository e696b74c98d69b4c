/** The shells that complete a command line with Tab, for tests/cli. Every Debian has bash. */
import { provisionFromDebian } from "./debian.mjs";
import { phase } from "./phases.mjs";

const SHELLS = ["zsh", "fish"];

/** @returns {Promise<string[]>} what had to be left out, and why */
export async function provisionShells() {
  const leftOut = [];
  for (const name of SHELLS) {
    const found = await phase(name, () => provisionFromDebian(name));
    if ("missing" in found) leftOut.push(`completion in ${name} (${found.missing})`);
  }
  return leftOut;
}
