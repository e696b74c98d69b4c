import { execFile } from "node:child_process";
import { getEventListeners } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { Client } from "@gradio-kit/client";
import { createGradioServer, endpoint, json, number, textbox } from "@gradio-kit/testing";
import { expect, test } from "vitest";

const app = () =>
  createGradioServer({
    endpoints: [
      endpoint({
        apiName: "double",
        concurrencyLimit: null,
        inputs: [number("n", { name: "n" })],
        outputs: [number("result")],
        run: (n) => n * 2,
      }),
      endpoint({
        apiName: "flood",
        concurrencyLimit: null,
        inputs: [number("n", { name: "n", value: 200 })],
        outputs: [json("values")],
        run: function* (n) {
          for (let count = 0; count < n; count += 1) yield [count, String(count).padStart(20_000)];
        },
      }),
      endpoint({
        apiName: "say",
        concurrencyLimit: null,
        inputs: [],
        outputs: [textbox("said")],
        run: () => "said",
      }),
    ],
  });

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const doubled = (count: number) => numbers(count).map((value) => value * 2);

/** What a process holds after garbage was collected. */
interface Held {
  readonly heap: number;
  readonly handles: number;
}

test(
  "1 000 calls at once through one client, each with its own value",
  { timeout: 60_000 },
  async () => {
    await using server = await app();
    await using client = await Client.connect(server.url, { verbose: false });
    const calls = numbers(1000).map((n) => client.predict("/double", [n]));
    expect(await Promise.all(calls)).toEqual(doubled(1000));
    expect(server.requests.filter(({ path }) => path.endsWith("/queue/join"))).toHaveLength(1000);
    expect(server.session(client.sessionHash).readers).toBeLessThanOrEqual(1);
  },
);

test("1 000 calls at once, as many in flight", { timeout: 60_000 }, async () => {
  await using server = await app();
  await using client = await Client.connect(server.url, { verbose: false, maxWorkers: 1000 });
  const calls = numbers(1000).map((n) => client.predict("/double", [n]));
  expect(await Promise.all(calls)).toEqual(doubled(1000));
});

test("50 clients in one process", { timeout: 60_000 }, async () => {
  await using server = await app();
  const clients = await Promise.all(
    numbers(50).map(() => Client.connect(server.url, { verbose: false })),
  );
  const calls = clients.map((client, n) =>
    Promise.all(numbers(10).map((m) => client.predict("/double", [n * 10 + m]))),
  );
  expect((await Promise.all(calls)).flat()).toEqual(doubled(500));
  await Promise.all(clients.map((client) => client.close()));
  await server.until(() => server.requests.every(({ ended }) => ended));
});

test("10 000 calls one after another leave no memory and no handle behind", async () => {
  await using server = await app();
  // In a process of its own: here the test server and its log of requests would be counted as well.
  const program = new URL("../programs/sequence.mjs", import.meta.url);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--expose-gc",
    fileURLToPath(program),
    server.url,
  ]);
  const { wrong, early, late } = JSON.parse(stdout) as Record<"early" | "late", Held> & {
    wrong: number;
  };
  expect(wrong).toBe(0);
  // 9 500 calls more: 200 bytes kept for each would be 1.9 MB.
  expect(late.heap - early.heap).toBeLessThan(1024 * 1024);
  expect(late.handles).toBeLessThanOrEqual(early.handles + 1);
});

test("a slow reader of one job does not hold up others", async () => {
  await using server = await app();
  await using client = await Client.connect(server.url, { verbose: false });
  const flood = client.submit<readonly [number, string]>("/flood");
  const reader = flood[Symbol.asyncIterator]();
  expect((await reader.next()).value?.[0]).toBe(0);
  // From here on nobody reads it, until the others are done.
  for (let n = 0; n < 20; n += 1) expect(await client.predict("/double", [n])).toBe(n * 2);
  expect(await client.predict("/say")).toBe("said");
  await flood.result();
  const rest: number[] = [];
  for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
    rest.push(next.value[0]);
  }
  expect(rest).toEqual(numbers(200).slice(1));
});

test("one signal may bound any number of calls", async () => {
  await using server = await app();
  await using client = await Client.connect(server.url, { verbose: false });
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on("warning", note);
  try {
    const { signal } = new AbortController();
    const calls = numbers(40).map((n) => client.predict("/double", [n], { signal }));
    const uploads = numbers(20).map(() => client.upload(new Blob(["a"]), { signal }));
    expect(await Promise.all(calls)).toEqual(doubled(40));
    await Promise.all(uploads);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(warnings).toEqual([]);
  } finally {
    process.off("warning", note);
  }
});

test("the values of a generator that nobody can see cost no memory", async () => {
  await using server = await app();
  // 80 MB of values, each of its own.
  const worker = new Worker(new URL("../programs/flood.mjs", import.meta.url), {
    workerData: server.url,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: 48 },
  });
  let told = "";
  worker.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  await new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
  expect(JSON.parse(told)).toEqual([3999, 20_000]);
});
