/**
 * Sends every PNG of a folder through an app, and saves the results under the same names:
 * `node main.mjs <from> <to> [address]`. What is there already is not made again.
 */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { argv, exit, stderr } from "node:process";
import { Client, GradioError, handleFile } from "@gradio-kit/client";

const [, , from, to, src = "http://127.0.0.1:7860"] = argv;
if (from === undefined || to === undefined) {
  console.error("usage: node main.mjs <from> <to> [address]");
  exit(2);
}

await mkdir(to, { recursive: true });
const done = new Set(await readdir(to));
const names = (await readdir(from)).filter((name) => name.endsWith(".png") && !done.has(name));

// At most four calls at a time; the others wait their turn.
const client = await Client.connect(src, { maxWorkers: 4, verbose: false, downloadFiles: false });
let finished = 0;

/** @param {string} name */
async function invert(name) {
  const image = await client.predict("/invert", { image: handleFile(join(from, name)) });
  await image.save(join(to, name));
  finished += 1;
  if (stderr.isTTY) stderr.write(`\r${finished} of ${names.length}`);
}

const outcomes = await Promise.allSettled(names.map(invert));
await client.close();
if (stderr.isTTY) stderr.write("\n");

// One picture that fails holds up no other.
for (const [index, outcome] of outcomes.entries()) {
  if (outcome.status === "fulfilled") continue;
  const { reason } = outcome;
  console.error(`${names[index]}: ${reason instanceof GradioError ? reason.message : reason}`);
  process.exitCode = 1;
}
console.log(`${finished} made, ${names.length - finished} failed, ${done.size} were there.`);
