import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import {
  answer,
  cut,
  delay,
  fallSilent,
  garbleAnswer,
  gatewayError,
  loseAnswer,
  redirect,
  reset,
  stall,
  tooManyRequests,
} from "@gradio-kit/testing";
import { expect } from "vitest";
import { until } from "../harness/facts.js";
import { rejection } from "../harness/rejection.js";
import { expectLost, type FaultRow } from "./fault-row.js";

const bothRun = (text: string): boolean => text.split("process_starts").length > 2;
const join = { method: "POST", path: "/queue/join" } as const;

/** What happens to the request with which a call joins the queue. */
export const joinRows: readonly FaultRow[] = [
  {
    fault: "nothing listens when the call is made",
    seen: "the value, once: the call waits and is sent again",
    run: async ({ client, proxy, tag, open, starts }) => {
      let refused = 0;
      const count = (message: unknown): void => {
        const { socket } = message as { readonly socket: Socket };
        socket.once("error", (error: NodeJS.ErrnoException) => {
          if (error.code === "ECONNREFUSED") refused += 1;
        });
      };
      await open();
      await proxy.refuse();
      subscribe("net.client.socket", count);
      const job = client.submit("/hold", [tag]);
      await until("a connection is refused", () => refused > 0);
      unsubscribe("net.client.socket", count);
      await proxy.accept();
      expect(await job.result()).toBe(tag);
      expect(await starts()).toBe(1);
    },
  },
  ...(
    [
      ["429 with `Retry-After` in seconds", () => tooManyRequests(0)],
      ["429 with `Retry-After` as a date", () => tooManyRequests(new Date())],
      ["429 without `Retry-After`", () => tooManyRequests()],
      ["503 from a gateway", () => gatewayError(503)],
      ["502 from a gateway", () => gatewayError(502)],
      ["504 from a gateway", () => gatewayError(504)],
      ["a connection that is reset before the app has the call", () => reset()],
    ] as const
  ).map(([what, fault]): FaultRow => ({
    fault: `${what}, on a call in a new session`,
    seen: "the value, once: the call was not taken, and is sent again",
    run: async ({ client, proxy, tag, open, starts, count }) => {
      proxy.inject({ ...join, nth: 1, fault: fault() });
      await open();
      expect(await client.predict("/hold", [tag])).toBe(tag);
      expect(await starts()).toBe(1);
      expect(count("/queue/join")).toBe(2);
    },
  })),
  {
    fault: "429 that asks for a pause of an hour",
    seen: "`TOO_MANY_REQUESTS` at once, with `retryAfter`",
    run: async ({ client, proxy, tag, starts, count }) => {
      proxy.inject({ ...join, fault: tooManyRequests(3600) });
      expect(await rejection(client.predict("/hold", [tag]))).toMatchObject({
        code: "TOO_MANY_REQUESTS",
        retryAfter: 3600,
      });
      expect(await starts()).toBe(0);
      expect(count("/queue/join")).toBe(1);
    },
  },
  {
    fault: "503 from the app itself: its queue is full",
    seen: "`QUEUE_FULL` at once; not sent again",
    run: async ({ client, proxy, tag, count }) => {
      const body = JSON.stringify({ detail: "Queue is full. Max size is 1 and size is 1." });
      const headers = { "content-type": "application/json" };
      proxy.inject({ ...join, fault: answer(503, { headers, body }) });
      expect(await rejection(client.predict("/hold", [tag]))).toMatchObject({ code: "QUEUE_FULL" });
      expect(count("/queue/join")).toBe(1);
    },
  },
  ...(
    [
      ["is lost", () => loseAnswer()],
      ["arrives in half", () => cut({ bytes: 8 })],
      ["makes no sense", () => garbleAnswer()],
    ] as const
  ).flatMap(([what, fault]): FaultRow[] => [
    {
      fault: `the answer to a call ${what}, in a new session`,
      seen: "the value, once: the call is found again on the event stream",
      run: async ({ client, proxy, tag, open, starts, count }) => {
        proxy.inject({ ...join, nth: 1, fault: fault() });
        await open();
        expect(await client.predict("/hold", [tag])).toBe(tag);
        expect(await starts()).toBe(1);
        expect(count("/queue/join")).toBe(1);
      },
    },
    {
      fault: `the answer to a call ${what}, after other calls of the session`,
      seen: "the value, once: the call is found again on the event stream",
      run: async ({ client, proxy, tag, open, starts, count }) => {
        await client.predict("/greet", ["Eve"]);
        proxy.inject({ ...join, nth: 1, fault: fault() });
        await open();
        expect(await client.predict("/hold", [tag])).toBe(tag);
        expect(await starts()).toBe(1);
        expect(count("/queue/join")).toBe(2);
      },
    },
  ]),
  {
    fault: "the answer to a call is lost while another call of the session runs",
    seen: "both values, once",
    run: async ({ client, proxy, tag, open, starts }) => {
      const running = client.submit<number>("/count_at_gates", [tag, 2]);
      expect(await running.first()).toBe(0);
      proxy.inject({ ...join, nth: 1, fault: loseAnswer() });
      await open();
      expect(await client.predict("/hold", [tag])).toBe(tag);
      await open(`${tag} 0`);
      await open(`${tag} 1`);
      expect(await running.result()).toBe(1);
      expect(running.outputs()).toEqual([0, 1]);
      expect(await starts()).toBe(1);
    },
  },
  {
    fault: "the answers to two equal calls of one session are lost",
    seen: "both values: it does not matter which is which",
    runs: 2,
    run: async ({ client, proxy, tag, open, starts }) => {
      proxy.inject({ ...join, nth: [1, 2], fault: loseAnswer() });
      await open();
      const calls = [client.predict("/hold", [tag]), client.predict("/hold", [tag])];
      expect(await Promise.all(calls)).toEqual([tag, tag]);
      expect(await starts()).toBe(2);
    },
  },
  {
    fault: "the answers to two different calls of one session are lost",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, for both: which is which cannot be known",
    run: async ({ client, proxy, tag }) => {
      proxy.inject({ ...join, nth: [1, 2], fault: loseAnswer() });
      const jobs = [client.submit("/hold", [tag]), client.submit("/greet", ["Eve"])];
      await Promise.all(jobs.map((job) => expectLost(job, { mayHaveRun: true })));
    },
  },
  {
    fault:
      "the answer to a call is lost after the event stream, on which the call had been spoken of",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, at once: the app has dropped the call with the event stream",
    run: async ({ client, proxy, tag, starts }) => {
      const fault = cut({ when: bothRun, how: "hangUp" });
      proxy.inject({ method: "GET", path: "/queue/data", nth: 1, fault });
      const running = client.submit("/count_at_gates", [crypto.randomUUID(), 2]);
      expect(await running.first()).toBe(0);
      proxy.inject({ ...join, nth: 1, fault: fallSilent() });
      const job = client.submit("/hold", [tag]);
      await expectLost(running, { mayHaveRun: true });
      proxy.dropRequests(join);
      const error = await expectLost(job, { mayHaveRun: true, retryable: false });
      expect(error.message).toContain("it broke");
      expect(await starts()).toBe(1);
    },
  },
  {
    fault:
      "a connection that is reset before the app has the call, after other calls of the session",
    seen: "`CONNECTION_LOST`, `retryable`, after 5 s: nobody can prove that it was not taken",
    run: async ({ client, proxy, tag, starts }) => {
      await client.predict("/greet", ["Eve"]);
      proxy.inject({ ...join, nth: 1, fault: reset() });
      await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true, retryable: true });
      expect(await starts()).toBe(0);
    },
  },
  {
    fault: "a call that was not taken, with `retry: false`",
    seen: "`CONNECTION_LOST`, not `mayHaveRun`; not sent again",
    run: async ({ client, proxy, tag, starts, count }) => {
      proxy.inject({ ...join, nth: 1, fault: reset() });
      const job = client.submit("/hold", [tag], { retry: false });
      await expectLost(job, { mayHaveRun: false, retryable: true });
      expect(await starts()).toBe(0);
      expect(count("/queue/join")).toBe(1);
    },
  },
  {
    fault: "a call that is never taken, however often it is sent",
    seen: "`CONNECTION_LOST`, not `mayHaveRun`, after the attempts of `retry`",
    run: async ({ client, proxy, tag, starts, count }) => {
      proxy.inject({ ...join, fault: reset() });
      const job = client.submit("/hold", [tag], { retry: { attempts: 2, minDelay: 1 } });
      await expectLost(job, { mayHaveRun: false });
      expect(await starts()).toBe(0);
      expect(count("/queue/join")).toBe(2);
    },
  },
  {
    fault: "a server that takes the call and never answers",
    seen: "`TIMEOUT` when its `timeout` is over; without one `CONNECTION_LOST`, `mayHaveRun`, after about a minute",
    run: async ({ client, proxy, tag }) => {
      proxy.inject({ ...join, nth: 1, fault: stall() });
      expect(await rejection(client.predict("/hold", [tag], { timeout: 300 }))).toMatchObject({
        code: "TIMEOUT",
      });
    },
  },
  {
    fault: "a redirect of the call (307, same site)",
    seen: "the value, once",
    run: async ({ client, proxy, tag, open, starts }) => {
      proxy.inject({ ...join, nth: 1, fault: redirect("/gradio_api/queue/join") });
      await open();
      expect(await client.predict("/hold", [tag])).toBe(tag);
      expect(await starts()).toBe(1);
    },
  },
  {
    fault: "everything takes its time",
    seen: "the value, once",
    run: async ({ client, proxy, tag, open, starts }) => {
      proxy.inject({ fault: delay(150) });
      await open();
      expect(await client.predict("/hold", [tag])).toBe(tag);
      expect(await starts()).toBe(1);
    },
  },
];
