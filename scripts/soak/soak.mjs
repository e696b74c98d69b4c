// What scripts/soak.mjs runs, with the garbage collector within reach.
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Client, GradioError, handleFile } from "@gradio-kit/client";
import {
  createFaultProxy,
  createGradioServer,
  endpoint,
  file,
  json,
  number,
} from "@gradio-kit/testing";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "120" },
    seconds: { type: "string" },
    pause: { type: "string", default: "0" },
  },
});
const milliseconds =
  values.seconds === undefined ? +values.minutes * 60_000 : +values.seconds * 1000;
/** A connection that is broken can take a call seconds: a short run breaks fewer. */
const samples = values.seconds === undefined ? 40 : 16;
const quarter = samples / 4;
/** What a heap may differ by for other reasons than a leak, in bytes. */
const noise = 8 * 1024 * 1024;
/** When the last unused connection has ended for certain, in milliseconds: one is kept for four seconds. */
const restLimit = 30_000;

const server = await createGradioServer({
  // What only a heartbeat can tell is told soon.
  heartbeatInterval: 200,
  endpoints: [
    endpoint({
      apiName: "double",
      concurrencyLimit: null,
      inputs: [number("n", { name: "n" })],
      outputs: [number("result")],
      run: (n) => n * 2,
    }),
    endpoint({
      apiName: "count",
      concurrencyLimit: null,
      inputs: [number("n", { name: "n" })],
      outputs: [json("values")],
      run: async function* (n) {
        for (let value = 0; value < n; value += 1) {
          yield Array.from({ length: value + 1 }, (_, index) => index);
          await pause(1);
        }
      },
    }),
    endpoint({
      apiName: "echo_file",
      concurrencyLimit: null,
      inputs: [file("file", { name: "file" })],
      outputs: [file("file")],
      run: (sent) => sent,
    }),
  ],
});
const proxy = await createFaultProxy({ target: server.url });
const client = await Client.connect(proxy.url, {
  verbose: false,
  downloadFiles: false,
  retry: { attempts: 10, minDelay: 5, maxDelay: 200 },
});
const tally = { calls: 0, lost: 0, wrong: 0 };
/** How long a call may take at most here, in milliseconds: more is a hang. */
const hangs = 30_000;
let longest = 0;

/** @param {unknown} found @param {unknown} wanted */
function same(found, wanted) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) tally.wrong += 1;
}

/** What users do. @type {readonly (() => Promise<void>)[]} */
const work = [
  async () => {
    const n = tally.calls;
    same(await client.predict("/double", [n]), n * 2);
  },
  async () => same(await client.predict("/double", [3], { session: "own" }), 6),
  async () => {
    const job = client.submit("/count", [5]);
    same(await job.result(), [0, 1, 2, 3, 4]);
    same(job.outputs().length, 5);
  },
  async () => {
    const job = client.submit("/count", [1000]);
    await job.first();
    await job.cancel();
  },
  async () => {
    const sent = handleFile(new Blob(["content"]), { name: "a.txt" });
    const file = await client.predict("/echo_file", [sent]);
    same(await /** @type {{ text(): Promise<string> }} */ (file).text(), "content");
  },
  async () => client.resetSession(),
];

/** One worker: a call after the other. @param {number} end */
async function busy(end) {
  for (let turn = 0; Date.now() < end; turn += 1) {
    tally.calls += 1;
    const began = performance.now();
    try {
      await work[turn % work.length]?.();
    } catch (error) {
      // A lost connection is what the proxy makes; every other end of a call is a finding.
      if (!(error instanceof GradioError)) throw error;
      if (error.code !== "CONNECTION_LOST" && error.code !== "UPLOAD_FAILED") throw error;
      tally.lost += 1;
    } finally {
      longest = Math.max(longest, performance.now() - began);
    }
    if (+values.pause > 0) await pause(+values.pause);
  }
}

/** What the process holds between two samples. Unused connections are among it: they are kept a while. */
function measure() {
  // What the server and the proxy remember of requests is theirs.
  proxy.requests.length = 0;
  globalThis.gc?.();
  const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  return { heap: process.memoryUsage().heapUsed, timers, sockets: proxy.connections };
}

const rows = [];
for (let sample = 0; sample < samples; sample += 1) {
  const end = Date.now() + milliseconds / samples;
  const workers = Array.from({ length: 4 }, () => busy(end));
  if (sample % 4 === 3 && sample < samples - 1) {
    await pause(milliseconds / samples / 2);
    proxy.dropRequests();
  }
  await Promise.all(workers);
  rows.push(measure());
  const { heap, timers, sockets } = /** @type {(typeof rows)[number]} */ (rows.at(-1));
  process.stderr.write(
    `${sample + 1}/${samples}  ${tally.calls} calls, ${tally.lost} lost, heap ${(heap / 2 ** 20).toFixed(1)} MB, ${timers} timers, ${sockets} sockets\n`,
  );
}
// The client is still open: what its calls have left must end without `close`.
const rest = await settle();
process.stderr.write(`at rest  ${rest.timers} timers, ${rest.sockets} sockets\n`);
await client.close();
await proxy.close();
await server.close();

/** What is held on to when nothing is under way any more, and unused connections had time to end. */
async function settle() {
  const end = Date.now() + restLimit;
  for (;;) {
    const { timers, sockets } = measure();
    if ((timers === 0 && sockets === 0) || Date.now() > end) return { timers, sockets };
    await pause(100);
  }
}

/** Whether even the least heap of the last quarter is above the most of the second one. */
function heapGrows() {
  const values = rows.map(({ heap }) => heap);
  const before = values.slice(quarter, 2 * quarter);
  return Math.min(...values.slice(3 * quarter)) > Math.max(...before) + noise;
}
const findings = [
  ...(tally.wrong > 0 ? [`${tally.wrong} wrong values`] : []),
  ...(tally.lost > tally.calls / 2 ? ["more calls were lost than not"] : []),
  ...(longest > hangs ? [`a call took ${Math.round(longest / 1000)} s`] : []),
  ...(heapGrows() ? ["the heap grows"] : []),
  ...(rest.timers > 0 ? ["timers are left"] : []),
  ...(rest.sockets > 0 ? ["connections are left"] : []),
];
console.log(JSON.stringify({ ...tally, findings }));
process.exitCode = findings.length === 0 ? 0 : 1;
