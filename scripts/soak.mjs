/**
 * `npm run soak -- --minutes N` (or `--seconds N`): one client works on the test server, through a
 * proxy that breaks connections now and then, and must neither lose a value nor grow. `npm test` runs
 * it for seconds. With `--pause N` each of its four workers rests N milliseconds after a call.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = join(fileURLToPath(new URL(".", import.meta.url)), "soak", "soak.mjs");
const parameters = ["--expose-gc", program, ...process.argv.slice(2)];
spawn(process.execPath, parameters, { stdio: "inherit" }).once("close", (code) => {
  process.exitCode = code ?? 1;
});
