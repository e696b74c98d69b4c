/**
 * `npm run fuzz -- --seconds N [--seed S]`: damaged answers for everything that reads what a server
 * says. `npm test` runs it for two seconds; a finding names the seed that repeats it.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const test = "packages/client/test/fuzz/fuzz.test.ts";
await run(process.execPath, [vitest, "run", "--project", "packages", test], {
  cwd: root,
  show: true,
  env: { FUZZ_SECONDS: values.seconds, FUZZ_SEED: values.seed },
});
