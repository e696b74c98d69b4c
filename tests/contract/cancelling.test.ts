import { CancelledError, Client, TimeoutError } from "@gradio-kit/client";
import type { Job } from "@gradio-kit/client";
import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { facts, openGate, until, untilFact } from "../harness/facts.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";
import type { Server } from "../harness/server.js";
import { expectStopped } from "../harness/standstill.js";

const STEPS = 15;

scenario("C42 a running generator is stopped, its values are kept", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/steps", [tag, STEPS]);
  const values: unknown[] = [];
  const error = await rejection(
    (async () => {
      for await (const value of job) {
        values.push(value);
        if (values.length === 3) expect(await job.cancel()).toBe(true);
      }
    })(),
  );
  expect(error).toBeInstanceOf(CancelledError);
  expect(error).toMatchObject({ code: "CANCELLED" });
  expect(values.slice(0, 3)).toEqual([0, 1, 2]);
  expect(job.outputs().slice(0, 3)).toEqual([0, 1, 2]);
  expect(await rejection(job.result())).toBeInstanceOf(CancelledError);
  expect(job.cancelled()).toBe(true);
  expect(job.done()).toBe(true);
  expect(job.status().code).toBe("CANCELLED");
  await expectStopped(server, tag);
});

scenario("C43 its sibling of the same function and session goes on", async (server) => {
  await using client = await connect(server);
  const [cancelled, sibling] = [crypto.randomUUID(), crypto.randomUUID()];
  const jobs = [
    // Longer than its sibling, so that it cannot have reached its end by then.
    client.submit("/steps", [cancelled, 4 * STEPS]),
    client.submit("/steps", [sibling, STEPS]),
  ] as const;
  await jobs[0].first();
  await jobs[1].first();
  expect(await jobs[0].cancel()).toBe(true);
  const all = Array.from({ length: STEPS }, (_, value) => value);
  expect(await collect(jobs[1])).toEqual({ values: all, error: undefined });
  expect(await facts(server, sibling)).toContain("done");
  expect(await rejection(jobs[0].result())).toBeInstanceOf(CancelledError);
  await expectStopped(server, cancelled);
});

/** Every call is in the queue for a moment; one that waits is there when a later one has ended. */
async function untilItWaits(server: Server, client: Client, job: Job, tag: string): Promise<void> {
  await until("it is queued", () => job.status().code === "IN_QUEUE");
  await client.predict("/greet", ["Ada"]);
  expect(job.status().code).toBe("IN_QUEUE");
  expect(await facts(server, tag)).toEqual([]);
}

scenario("C43 a sibling that waits in the queue is still run", async (server) => {
  await using client = await connect(server);
  const [cancelled, sibling] = [crypto.randomUUID(), crypto.randomUUID()];
  const running = client.submit("/hold_one_at_a_time", [cancelled]);
  await untilFact(server, cancelled, "started");
  const waiting = client.submit("/hold_one_at_a_time", [sibling]);
  await untilItWaits(server, client, waiting, sibling);
  expect(await running.cancel()).toBe(true);
  await openGate(server, cancelled);
  await openGate(server, sibling);
  expect(await waiting.result()).toBe(sibling);
});

/** Three calls of a function that runs one at a time; the second is cancelled while it waits. */
async function cancelInQueue(server: Server, client: Client): Promise<string> {
  const tags = Array.from({ length: 3 }, () => crypto.randomUUID());
  const jobs = [];
  for (const [index, tag] of tags.entries()) {
    const job = client.submit("/hold_one_at_a_time", [tag]);
    jobs.push(job);
    if (index === 0) await untilFact(server, tag, "started");
    else await untilItWaits(server, client, job, tag);
  }
  const [first, second, third] = jobs;
  expect(await second?.cancel()).toBe(true);
  expect(await rejection(second?.result() ?? expect.unreachable())).toBeInstanceOf(CancelledError);
  for (const tag of tags) await openGate(server, tag);
  expect(await first?.result()).toBe(tags[0]);
  expect(await third?.result()).toBe(tags[2]);
  return tags[1] ?? expect.unreachable();
}

scenario("C44 a call can be cancelled in the queue, the others are answered", async (server) => {
  await using client = await connect(server);
  await cancelInQueue(server, client);
});

scenario("C44 a call cancelled in the queue never runs", async (server) => {
  await using client = await connect(server);
  const cancelled = await cancelInQueue(server, client);
  expect(await facts(server, cancelled)).toEqual([]);
});

scenario("C45 cancelling right after submit stops the call on the server", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/steps", [tag, STEPS]);
  expect(await job.cancel()).toBe(true);
  expect(await rejection(job.result())).toBeInstanceOf(CancelledError);
  expect(job.cancelled()).toBe(true);
  await expectStopped(server, tag);
});

scenario("C46 a plain function: the caller is free at once", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/hold", [tag]);
  await untilFact(server, tag, "started");
  const cancelling = job.cancel();
  expect(await rejection(job.result())).toBeInstanceOf(CancelledError);
  await cancelling;
  expect(await facts(server, tag)).toEqual(["started"]);
  await openGate(server, tag);
});

scenario("C47 cancelling what has ended changes nothing", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/greet", ["Ada"]);
  await job.result();
  expect(await job.cancel()).toBe(false);
  expect(await job.cancel()).toBe(false);
  expect(await job.result()).toBe("Hello Ada!");
  expect(job.status().code).toBe("FINISHED");
  expect(job.cancelled()).toBe(false);
});

scenario(
  "C48 leaving the loop leaves the call running; leaving `await using` ends it",
  async (server) => {
    await using client = await connect(server);
    const [kept, dropped] = [crypto.randomUUID(), crypto.randomUUID()];
    const job = client.submit("/steps", [kept, 4]);
    for await (const _ of job) break;
    expect(await job.result()).toBe(3);
    {
      await using scoped = client.submit("/steps", [dropped, STEPS]);
      await scoped.first();
    }
    await expectStopped(server, dropped);
  },
);

scenario("C48 the caller's signal ends the call with the caller's reason", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const controller = new AbortController();
  const job = client.submit("/steps", [tag, STEPS], { signal: controller.signal });
  await job.first();
  const reason = new Error("changed my mind");
  controller.abort(reason);
  expect(await rejection(job.result())).toBe(reason);
  expect((await collect(job)).error).toBe(reason);
  await expectStopped(server, tag);
});

scenario("a signal that was aborted before: nothing is sent", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const reason = new Error("never wanted");
  const signal = AbortSignal.abort(reason);
  expect(await rejection(client.predict("/greet", ["Ada"], { signal }))).toBe(reason);
  expect(relay.to("/queue")).toEqual([]);
});

scenario("a time limit for the whole call ends it", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/steps", [tag, 50], { timeout: 1_000 });
  const error = await rejection(job.result());
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ code: "TIMEOUT" });
  await expectStopped(server, tag);
});

scenario("C48 after a cancel the endpoint starts from scratch", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/steps", [tag, STEPS]);
  await job.first();
  await job.cancel();
  const next = client.submit("/steps", [crypto.randomUUID(), 4]);
  expect((await collect(next)).values).toEqual([0, 1, 2, 3]);
});
