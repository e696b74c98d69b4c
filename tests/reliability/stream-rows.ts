import {
  cut,
  editMessages,
  fallSilent,
  gatewayError,
  inventMessage,
  loseAnswer,
  reset,
} from "@gradio-kit/testing";
import { expect } from "vitest";
import { until, untilFact } from "../harness/facts.js";
import { expectStopped } from "../harness/standstill.js";
import { connect } from "../harness/connect.js";
import { expectLost, type FaultRow } from "./fault-row.js";

const stream = { method: "GET", path: "/queue/data" } as const;
const isEnd = (text: string): boolean => /process_completed|close_stream/.test(text);
const beats = (text: string): number => text.split('"heartbeat"').length - 1;

/** What happens to the event stream of a session. */
export const streamRows: readonly FaultRow[] = [
  ...(
    [
      ["a gateway refuses the event stream twice (502)", () => gatewayError(502)],
      ["a gateway refuses the event stream twice (503)", () => gatewayError(503)],
      ["a gateway refuses the event stream twice (504)", () => gatewayError(504)],
      ["the event stream is reset twice before it reaches the app", () => reset()],
    ] as const
  ).map(([fault, make]): FaultRow => ({
    fault,
    seen: "the value, once: nothing is lost before the app has opened the stream",
    run: async ({ client, proxy, tag, open, starts }) => {
      proxy.inject({ ...stream, nth: [1, 2], fault: make() });
      await open();
      expect(await client.predict("/hold", [tag])).toBe(tag);
      expect(await starts()).toBe(1);
    },
  })),
  {
    fault: "the event stream is reset after the app opened it, before its first byte",
    seen: "the value, or `CONNECTION_LOST` with `mayHaveRun`; the app may have muted the call",
    run: async ({ client, proxy, tag, open }) => {
      proxy.inject({ ...stream, nth: 1, fault: loseAnswer("begun") });
      await open();
      const job = client.submit("/hold", [tag]);
      await until("the job has ended", () => job.done());
      if (job.status().success === true) expect(await job.result()).toBe(tag);
      else await expectLost(job, { mayHaveRun: true });
    },
  },
  {
    fault: "the event stream is dropped while the call waits in the queue",
    seen: "`CONNECTION_LOST`, `retryable`: the app has taken it out of the queue",
    run: async ({ client, proxy, server, tag, starts }) => {
      await using other = await connect(server);
      const before = crypto.randomUUID();
      const blocking = other.submit("/hold_in_turn", [before]);
      await untilFact(server, before, "started");
      const job = client.submit("/hold_in_turn", [tag]);
      await until("the call waits", () => job.status().code === "IN_QUEUE");
      proxy.dropRequests(stream);
      await expectLost(job, { retryable: true });
      await blocking.cancel();
      expect(await starts()).toBe(0);
    },
  },
  {
    fault: "the event stream is dropped while the function runs",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, at once; the app's place for it is free again",
    run: async ({ client, proxy, server, tag, starts }) => {
      const job = client.submit("/hold_in_turn", [tag]);
      await untilFact(server, tag, "started");
      await until("the client knows", () => job.running());
      proxy.dropRequests(stream);
      await expectLost(job, { mayHaveRun: true, retryable: false });
      expect(job.outputs()).toEqual([]);
      expect(await starts()).toBe(1);
    },
  },
  {
    fault: "the event stream ends without the end of its body while the function runs",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, at once",
    run: async ({ client, proxy, server, tag }) => {
      const job = client.submit("/hold", [tag]);
      await untilFact(server, tag, "started");
      await until("the client knows", () => job.running());
      proxy.dropRequests(stream, "hangUp");
      await expectLost(job, { mayHaveRun: true, retryable: false });
    },
  },
  {
    fault: "the event stream is dropped between values of a generator",
    seen: "the values so far, then `CONNECTION_LOST`, `mayHaveRun`; the generator stops",
    run: async ({ client, proxy, server, tag }) => {
      const job = client.submit<number>("/steps", [tag, 100]);
      for await (const value of job) if (value === 2) break;
      proxy.dropRequests(stream);
      await expectLost(job, { mayHaveRun: true, retryable: false });
      const { length } = job.outputs();
      expect(job.outputs()).toEqual(Array.from({ length }, (_, index) => index));
      await expectStopped(server, tag);
    },
  },
  {
    fault: "the event stream is dropped after the end of the call was read",
    seen: "the value",
    run: async ({ client, proxy, tag, open }) => {
      const fault = cut({ when: (text) => text.includes("process_completed") });
      proxy.inject({ ...stream, fault });
      await open();
      expect(await client.predict("/hold", [tag])).toBe(tag);
    },
  },
  {
    fault: "the event stream is dropped while the function runs, with `idempotent: true`",
    seen: "the value: the call is made again",
    runs: 2,
    run: async ({ client, proxy, server, tag, open, starts }) => {
      const job = client.submit("/hold", [tag], { idempotent: true });
      await untilFact(server, tag, "started");
      await until("the client knows", () => job.running());
      proxy.dropRequests(stream);
      await until("it runs again", async () => (await starts()) === 2);
      await open();
      expect(await job.result()).toBe(tag);
      expect(job.outputs()).toEqual([tag]);
    },
  },
  {
    fault: "every event stream is dropped after 2 s, for good",
    seen: "values of calls that are faster; `CONNECTION_LOST`, `mayHaveRun`, for one that is slower",
    run: async ({ client, proxy, tag }) => {
      proxy.inject({ ...stream, fault: cut({ milliseconds: 2_000 }) });
      for (const name of ["Ada", "Bob", "Cy"]) {
        expect(await client.predict("/greet", [name])).toBe(`Hello ${name}!`);
      }
      await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true });
      expect(await client.predict("/greet", ["Dora"])).toBe("Hello Dora!");
    },
  },
  {
    fault: "the event stream ends as if it were complete while the function runs",
    seen: "`CONNECTION_LOST`, `mayHaveRun`",
    run: async ({ client, proxy, tag }) => {
      const fault = cut({ when: (text) => text.includes("process_starts"), how: "end" });
      proxy.inject({ ...stream, nth: 1, fault });
      await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true });
    },
  },
  {
    fault: "a half-open connection: the event stream falls silent",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, after three heartbeats without a byte (6 s or more)",
    run: async ({ client, proxy, tag }) => {
      const fault = fallSilent({ when: (text) => beats(text) === 2 });
      proxy.inject({ ...stream, fault });
      await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true });
    },
  },
  {
    fault: "the end of a call is lost on the way; from then on there are only heartbeats",
    seen: "`CONNECTION_LOST`, `mayHaveRun`: the app is asked after the call at each heartbeat",
    run: async ({ client, proxy, tag, open }) => {
      const fault = editMessages((text) => (isEnd(text) ? [] : [text]));
      proxy.inject({ ...stream, nth: 1, fault });
      await open();
      await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true });
    },
  },
  {
    fault: "the app says that it is stopping",
    seen: "`CONNECTION_LOST`, `mayHaveRun`",
    run: async ({ client, proxy, tag }) => {
      const stopped = {
        msg: "unexpected_error",
        event_id: null,
        session_not_found: false,
        message: "Server stopped unexpectedly.",
      };
      proxy.inject({ ...stream, nth: 1, fault: inventMessage(1, stopped) });
      const error = await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true });
      expect(error.message).toContain(`${stopped.message} The call may have run`);
    },
  },
  {
    fault: "the app no longer knows the session",
    seen: "`CONNECTION_LOST`, `mayHaveRun`",
    run: async ({ client, proxy, tag }) => {
      const gone = {
        msg: "unexpected_error",
        event_id: null,
        session_not_found: true,
        message: "404: Not Found",
      };
      proxy.inject({ ...stream, nth: 1, fault: inventMessage(1, gone) });
      await expectLost(client.submit("/hold", [tag]), { mayHaveRun: true });
    },
  },
  {
    fault: 'the event stream of a call with `session: "own"` is dropped',
    seen: "`CONNECTION_LOST` for this call; other calls do not notice",
    runs: 2,
    run: async ({ client, proxy, tag, open, starts }) => {
      const own = client.submit("/hold", [tag], { session: "own" });
      const shared = client.submit("/hold", [tag]);
      await until("both run", async () => (await starts()) === 2);
      await until("the client knows", () => own.running() && shared.running());
      const path = new RegExp(`/queue/data\\?session_hash=(?!${client.sessionHash})`);
      expect(proxy.dropRequests({ path })).toBe(1);
      await expectLost(own, { mayHaveRun: true });
      await open();
      expect(await shared.result()).toBe(tag);
    },
  },
];
