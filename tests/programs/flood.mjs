// Calls a generator that yields more than this thread may hold: what nobody can see is not kept.
import { workerData } from "node:worker_threads";
import { Client } from "@gradio-kit/client";

const client = await Client.connect(workerData, { verbose: false });
const [count, text] = /** @type {[number, string]} */ (await client.predict("/flood", [4000]));
console.log(JSON.stringify([count, text.length]));
await client.close();
