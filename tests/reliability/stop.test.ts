import { CancelledError } from "@gradio-kit/client";
import { delay, editMessages } from "@gradio-kit/testing";
import { expect, inject, test } from "vitest";
import { facts, until, untilFact } from "../harness/facts.js";
import { rejection } from "../harness/rejection.js";
import { expectStopped } from "../harness/standstill.js";
import { expectToWork, withBench, type Bench } from "./bench.js";
import { stopMoments, type Stop } from "./stop-moments.js";

/** Every request is over but the heartbeat, which lasts as long as the client. */
const nothingIsOpen = ({ proxy }: Bench) =>
  until("nothing is left open", () =>
    proxy.requests.every(({ ended, path }) => ended || path.includes("/heartbeat/")),
  );

/** Calls of the same session that nothing may happen to. */
async function withSiblings(bench: Bench, test: () => Promise<void>): Promise<void> {
  const siblingTag = crypto.randomUUID();
  const siblings = [
    bench.client.submit<unknown>("/count", [6]),
    bench.client.submit<unknown>("/count_at_gates", [siblingTag, 2]),
  ] as const;
  await Promise.all(siblings.map((job) => job.first()));
  await test();
  await bench.open(`${siblingTag} 0`);
  await bench.open(`${siblingTag} 1`);
  await Promise.all(siblings.map((job) => job.result()));
  expect(siblings.map((job) => job.outputs())).toEqual([
    [0, 1, 2, 3, 4, 5],
    [0, 1],
  ]);
}

/** Of the first job of a stream everything, of others only that they wait. */
function onlyQueued(): (message: string) => readonly string[] {
  let first: string | undefined;
  return (message) => {
    const { msg, event_id: eventId } = JSON.parse(message.replace("data: ", ""));
    if (typeof eventId === "string") first ??= eventId;
    const passes = eventId === first || typeof eventId !== "string" || msg === "estimation";
    return passes ? [message] : [];
  };
}

const cancel: Stop = async (job) => {
  const cancelled = job.cancel();
  expect(job.done()).toBe(true);
  expect(await rejection(job.result())).toBeInstanceOf(CancelledError);
  expect(await cancelled).toBe(true);
  expect(await job.cancel()).toBe(false);
  expect(job.cancelled()).toBe(true);
};

for (const server of inject("servers")) {
  test.each(stopMoments)(`cancel() $moment [${server.name}]`, async ({ run }) => {
    await withBench(server, async (bench) => {
      await withSiblings(bench, () => run(bench, {}, cancel));
      await nothingIsOpen(bench);
      await expectToWork(bench);
    });
  });

  test.each(stopMoments)(`an aborted signal $moment [${server.name}]`, async ({ run }) => {
    await withBench(server, async (bench) => {
      const controller = new AbortController();
      const reason = new Error("had enough");
      const stop: Stop = async (job) => {
        controller.abort(reason);
        expect(job.done()).toBe(true);
        expect(await rejection(job.result())).toBe(reason);
      };
      await withSiblings(bench, () => run(bench, { signal: controller.signal }, stop));
      await nothingIsOpen(bench);
      await expectToWork(bench);
    });
  });

  test(`cancel() before its start was heard, beside a call of the same generator [${server.name}]`, async () => {
    await withBench(server, async (bench) => {
      const { client, proxy, tag } = bench;
      const fault = editMessages(onlyQueued());
      proxy.inject({ path: "/queue/data", nth: 1, fault });
      const sibling = client.submit("/steps", [`${tag} sibling`, 12]);
      await sibling.first();
      const job = client.submit("/steps", [tag, 200]);
      await untilFact(server, tag, "started");
      expect(job.running()).toBe(false);
      await cancel(job);
      expect(await sibling.result()).toBe(11);
      expect(sibling.outputs()).toEqual(Array.from({ length: 12 }, (_, value) => value));
      await expectStopped(server, tag);
      await nothingIsOpen(bench);
      await expectToWork(bench);
    });
  });

  test(`cancel() as they start, beside a call of the same generator [${server.name}]`, async () => {
    await withBench(server, async (bench) => {
      const { client, proxy, tag } = bench;
      const sibling = client.submit("/steps", [`${tag} sibling`, 12]);
      await sibling.first();
      proxy.inject({ path: "/queue/join", fault: delay(200) });
      const tags = Array.from({ length: 8 }, (_, index) => `${tag} ${index}`);
      const jobs = tags.map((each) => client.submit("/steps", [each, 200]));
      await until("the calls are sent", () => bench.count("/queue/join") === 9);
      await Promise.all(jobs.map(cancel));
      expect(await sibling.result()).toBe(11);
      await Promise.all(tags.map((each) => expectStopped(server, each)));
      for (const each of tags) {
        const starts = (await facts(server, each)).filter((fact) => fact === "started");
        expect(starts.length, each).toBeLessThanOrEqual(1);
      }
      await nothingIsOpen(bench);
    });
  });

  test(`cancel() and an aborted signal after the end change nothing [${server.name}]`, async () => {
    await withBench(server, async (bench) => {
      const controller = new AbortController();
      const { signal } = controller;
      const job = bench.client.submit("/count", [3], { signal });
      expect(await job.result()).toBe(2);
      controller.abort();
      expect(await job.cancel()).toBe(false);
      expect(await job.result()).toBe(2);
      expect(job.outputs()).toEqual([0, 1, 2]);
      expect(job.status().code).toBe("FINISHED");
      expect(bench.count("/cancel")).toBe(0);
      await nothingIsOpen(bench);
    });
  });
}
