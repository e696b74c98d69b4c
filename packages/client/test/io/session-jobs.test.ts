import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { JobMessageBody } from "../../src/core/messages.js";
import { Requests } from "../../src/io/requests.js";
import { SessionJobs, type JobListener } from "../../src/io/session-jobs.js";
import { NodeTransport } from "../../src/platform/node/transport.js";

const bodies: readonly JobMessageBody[] = [
  { type: "estimation", rank: 0, queueSize: 1, eta: undefined },
  { type: "started", eta: undefined },
  { type: "generating", data: [1] },
  { type: "completed", data: [1] },
  { type: "stopped" },
  { type: "unknown" },
];
const ids = ["a", "b", "c", "d"] as const;
const id = fc.constantFrom(...ids);
/** What a server and a connection can do, in any order. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant("join" as const), id }) },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant("say" as const),
      id,
      body: fc.constantFrom(...bodies),
    }),
  },
  fc.record({
    does: fc.constantFrom("drop", "suspect", "forget session", "ask", "fail") as fc.Arbitrary<
      "drop" | "suspect" | "forget session" | "ask" | "fail"
    >,
    spoke: fc.boolean(),
  }),
);

/** A listener that counts how often its job ended, and what came after that. */
function counting(): JobListener & { ends: number; late: number } {
  const listener = {
    ends: 0,
    late: 0,
    message: ({ type }: JobMessageBody) => {
      if (listener.ends > 0) listener.late += 1;
      if (type === "completed" || type === "failed" || type === "stopped") listener.ends += 1;
    },
    lost: () => {
      if (listener.ends > 0) listener.late += 1;
      listener.ends += 1;
    },
  };
  return listener;
}

it("any interleaving of what a server says leads to exactly one end per job", async () => {
  const transport = new NodeTransport();
  // Nobody is there: questions after jobs have no answer.
  const requests = new Requests(transport, "http://127.0.0.1:1/", {});
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const jobs = new SessionJobs(requests, "session", () => undefined);
      const listeners = new Map<string, ReturnType<typeof counting>>();
      const work: Promise<unknown>[] = [];
      for (const step of steps) {
        switch (step.does) {
          case "join": {
            if (listeners.has(step.id)) break;
            const listener = counting();
            listeners.set(step.id, listener);
            jobs.beginJoin();
            jobs.register(step.id, listener, { fnIndex: 0, mayAsk: true });
            jobs.endJoin();
            break;
          }
          case "say":
            jobs.deliver(step.id, step.body);
            break;
          case "drop":
            work.push(jobs.dropped(new Error("dropped")));
            break;
          case "suspect":
            jobs.suspect(jobs.joined);
            break;
          case "forget session":
            jobs.unknownSession(jobs.joined, step.spoke);
            break;
          case "ask":
            jobs.askAfterQuietOnes();
            break;
          case "fail":
            jobs.failAll(new Error("failed"));
        }
      }
      jobs.failAll(new Error("closed"));
      await Promise.all(work);
      expect([...listeners.values()].map(({ ends, late }) => [ends, late])).toEqual(
        [...listeners].map(() => [1, 0]),
      );
      expect(jobs.size).toBe(0);
    }),
    { numRuns: 300 },
  );
  transport.close();
});
