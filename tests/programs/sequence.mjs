// 10 000 calls, one after another, through one client of the app whose address is its argument;
// prints what the process holds early and late.
import { Client } from "@gradio-kit/client";

const [url = ""] = process.argv.slice(2);
const client = await Client.connect(url, { verbose: false });
let wrong = 0;

/** @param {number} count */
async function make(count) {
  for (let n = 0; n < count; n += 1) {
    if ((await client.predict("/double", [n])) !== n * 2) wrong += 1;
  }
  // What is compiled or freed a moment later is no leak.
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  const handles = process
    .getActiveResourcesInfo()
    .filter((name) => name === "TCPSocketWrap" || name === "Timeout").length;
  return { heap: process.memoryUsage().heapUsed, handles };
}

const early = await make(500);
const late = await make(9500);
await client.close();
console.log(JSON.stringify({ wrong, early, late }));
