import { Client, QueueFullError, TimeoutError } from "@gradio-kit/client";
import type { Status } from "@gradio-kit/client";
import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { facts, openGate, until, untilFact } from "../harness/facts.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";

const ORDER: readonly Status[] = ["STARTING", "IN_QUEUE", "PROCESSING", "FINISHED"];

scenario("C33 a call sees its place in the queue move up", async (server) => {
  await using client = await connect(server);
  const tags = Array.from({ length: 3 }, () => crypto.randomUUID());
  const codes: Status[][] = tags.map(() => []);
  const jobs = [];
  for (const [index, tag] of tags.entries()) {
    const job = client.submit("/hold_in_turn", [tag]);
    jobs.push(job);
    // One after the other, so that the order in the queue is known.
    if (index === 0) await untilFact(server, tag, "started");
    else await until("it is queued", () => job.status().code === "IN_QUEUE");
  }
  const places: unknown[] = [];
  const watch = Promise.all(
    jobs.map(async (job, index) => {
      for await (const update of job.updates()) {
        codes[index]?.push(job.status().code);
        if (index === 2 && update.type === "queued") places.push([update.rank, update.queueSize]);
      }
      codes[index]?.push(job.status().code);
    }),
  );
  expect(jobs[2]?.status()).toMatchObject({ code: "IN_QUEUE", rank: 1, queueSize: 2 });
  for (const tag of tags) {
    await untilFact(server, tag, "started");
    await openGate(server, tag);
  }
  await watch;
  expect(places).toContainEqual([1, 2]);
  expect(places.at(-1)).toEqual([0, 1]);
  for (const seen of codes) {
    const steps = seen.map((code) => ORDER.indexOf(code));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  }
  expect(await Promise.all(jobs.map((job) => job.result()))).toEqual(tags);
});

scenario("C34 a full queue refuses at once, whoever asks how", async (server) => {
  await using client = await connect(server, "crowded");
  const [running, waiting, refused] = Array.from({ length: 3 }, () => crypto.randomUUID());
  const first = client.submit("/hold", [running]);
  await untilFact(server, String(running), "started");
  const second = client.submit("/hold", [waiting]);
  await until("the second call waits", () => second.status().code === "IN_QUEUE");
  const third = client.submit("/hold", [refused]);
  const { values, error } = await collect(third);
  expect(values).toEqual([]);
  expect(error).toBeInstanceOf(QueueFullError);
  expect(error).toMatchObject({ code: "QUEUE_FULL", retryable: true });
  expect(await rejection(third.result())).toBe(error);
  expect(await rejection(client.predict("/hold", [refused]))).toBeInstanceOf(QueueFullError);
  await openGate(server, String(running));
  await openGate(server, String(waiting));
  expect(await first.result()).toBe(running);
  expect(await second.result()).toBe(waiting);
  expect(await facts(server, String(refused))).toEqual([]);
});

scenario("C37 a time limit for the result leaves the call running", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/hold", [tag]);
  const error = await rejection(job.result({ timeout: 50 }));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ code: "TIMEOUT" });
  expect(job.done()).toBe(false);
  await openGate(server, tag);
  expect(await job.result({ timeout: 20_000 })).toBe(tag);
});

scenario("a signal for the result leaves the call running", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/hold", [tag]);
  const controller = new AbortController();
  const waiting = job.result({ signal: controller.signal });
  const reason = new Error("not now");
  controller.abort(reason);
  expect(await rejection(waiting)).toBe(reason);
  await openGate(server, tag);
  expect(await job.result()).toBe(tag);
});

scenario("C41 a function that is silent for a while still answers", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/silence", [5])).toBe("after silence");
});

scenario("maxWorkers: more calls than that wait in STARTING, all are answered", async (server) => {
  await using client = await connect(server, "main", { maxWorkers: 2 });
  const tags = Array.from({ length: 5 }, () => crypto.randomUUID());
  const jobs = tags.map((tag) => client.submit("/hold", [tag]));
  for (const tag of tags.slice(0, 2)) await untilFact(server, tag, "started");
  expect(jobs.slice(2).map((job) => job.status().code)).toEqual([
    "STARTING",
    "STARTING",
    "STARTING",
  ]);
  for (const tag of tags.slice(2)) expect(await facts(server, tag)).toEqual([]);
  for (const tag of tags) await openGate(server, tag);
  expect(await Promise.all(jobs.map((job) => job.result()))).toEqual(tags);
});

scenario("maxWorkers: who waits can be cancelled at once, and is never sent", async (server) => {
  await using client = await connect(server, "main", { maxWorkers: 1 });
  const [first, second, third] = [1, 2, 3].map(() => crypto.randomUUID()) as [
    string,
    string,
    string,
  ];
  const running = client.submit("/hold", [first]);
  await untilFact(server, first, "started");
  const cancelled = client.submit("/hold", [second]);
  const last = client.submit("/hold", [third]);
  expect(await cancelled.cancel()).toBe(true);
  expect(await rejection(cancelled.result())).toMatchObject({ code: "CANCELLED" });
  const reason = new Error("never wanted");
  const signal = AbortSignal.abort(reason);
  expect(await rejection(client.predict("/hold", [second], { signal }))).toBe(reason);
  for (const tag of [first, third]) await openGate(server, tag);
  expect(await Promise.all([running.result(), last.result()])).toEqual([first, third]);
  expect(await facts(server, second)).toEqual([]);
});

scenario("maxWorkers: a session of its own begins with its call's turn", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false, maxWorkers: 1 });
  const tags = Array.from({ length: 4 }, () => crypto.randomUUID());
  const jobs = tags.map((tag) => client.submit("/hold", [tag], { session: "own" }));
  await untilFact(server, tags[0] ?? "", "started");
  // Not every app wants one.
  expect(relay.to("/heartbeat/").length).toBeLessThanOrEqual(1);
  for (const tag of tags) await openGate(server, tag);
  expect(await Promise.all(jobs.map((job) => job.result()))).toEqual(tags);
});

scenario("C67 a burst of calls loses none", async (server) => {
  await using client = await connect(server, "main", { maxWorkers: 100 });
  for (let round = 0; round < 4; round += 1) {
    const values = Array.from({ length: 100 }, (_, index) => `call ${round}.${index}`);
    const results = await Promise.all(values.map((value) => client.predict("/greet", [value])));
    expect(results).toEqual(values.map((value) => `Hello ${value}!`));
  }
});

scenario("C67 a burst of calls needs one event stream at a time", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false, maxWorkers: 100 });
  let streams = 0;
  const watching = setInterval(() => {
    // What a call is followed by is asked for by GET, as a stream or as a WebSocket.
    const open = relay.to("/queue/").filter((request) => request.open && request.method === "GET");
    streams = Math.max(streams, open.length);
  }, 5);
  try {
    const values = Array.from({ length: 100 }, (_, index) => `call ${index}`);
    const results = await Promise.all(values.map((value) => client.predict("/greet", [value])));
    expect(results).toEqual(values.map((value) => `Hello ${value}!`));
  } finally {
    clearInterval(watching);
  }
  expect(streams).toBeLessThanOrEqual(1);
});
