import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { JobMessageBody } from "../../src/core/messages.js";
import { Requests } from "../../src/io/requests.js";
import type { JobListener } from "../../src/io/pending-job.js";
import { SessionJobs } from "../../src/io/session-jobs.js";
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
  { weight: 5, arbitrary: fc.record({ does: fc.constant("join" as const), id }) },
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

/** The jobs of a session whose server is not there, and how many a session remembers at least. */
const session = (): { jobs: SessionJobs; end: () => void } => {
  const transport = new NodeTransport();
  const requests = new Requests(transport, "http://127.0.0.1:1/", {});
  return {
    jobs: new SessionJobs(requests, "session", owner),
    end: () => transport.close(),
  };
};
const owner = { lastWord: 1, receiving: () => false, changed: () => undefined };
const kept = 1000;
const joined = { fnIndex: 0, mayAsk: true };
const started: JobMessageBody = { type: "started", eta: undefined };
const completed: JobMessageBody = { type: "completed", data: [1] };

/** Has so many jobs come and end. */
function pass(jobs: SessionJobs, count: number): void {
  for (let index = 0; index < count; index += 1) {
    jobs.beginJoin();
    jobs.register(`passing ${index}`, counting(), joined, 0);
    jobs.endJoin();
    jobs.deliver(`passing ${index}`, completed);
  }
}

it.each([
  ["has ended", (jobs: SessionJobs) => jobs.deliver("old", completed)],
  [
    "was left, and others have come and gone since,",
    (jobs: SessionJobs) => {
      jobs.forget("old");
      pass(jobs, 100);
    },
  ],
  [
    "was left, and many others after it,",
    (jobs: SessionJobs) => {
      jobs.forget("old");
      pass(jobs, 100);
      for (let index = 1; index < kept; index += 1) jobs.forget(`left ${index}`);
    },
  ],
])("a late word about a job that %s is not taken for that of a lost answer", async (_, leave) => {
  const { jobs, end } = session();
  jobs.beginJoin();
  jobs.register("old", counting(), joined, 0);
  jobs.endJoin();
  leave(jobs);
  jobs.beginJoin();
  const found = jobs.search("body", new Error("lost"), true);
  jobs.deliver("old", completed);
  jobs.deliver("new", started);
  expect(await found).toBe("new");
  end();
});

it("jobs that end leave those alone that have not", () => {
  const { jobs, end } = session();
  const count = 200;
  const listeners = Array.from({ length: count }, counting);
  for (const [index, listener] of listeners.entries()) {
    jobs.beginJoin();
    jobs.register(`${index}`, listener, joined, 0);
    jobs.endJoin();
  }
  for (let index = 1; index < count; index += 1) jobs.deliver(`${index}`, completed);
  expect([jobs.size, jobs.needStream]).toEqual([1, true]);
  jobs.deliver("0", started);
  jobs.deliver("0", completed);
  expect([jobs.size, jobs.needStream]).toEqual([0, false]);
  // What comes twice is told once.
  jobs.deliver("0", completed);
  expect(listeners.map(({ ends, late }) => [ends, late])).toEqual(listeners.map(() => [1, 0]));
  end();
});

it("any interleaving of what a server says leads to exactly one end per job", async () => {
  const transport = new NodeTransport();
  // Nobody is there: questions after jobs have no answer.
  const requests = new Requests(transport, "http://127.0.0.1:1/", {});
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const jobs = new SessionJobs(requests, "session", owner);
      const listeners = new Map<string, ReturnType<typeof counting>>();
      const work: Promise<unknown>[] = [];
      const joining = new Set<string>();
      const answer = (eventId: string): void => {
        const listener = counting();
        listeners.set(eventId, listener);
        joining.delete(eventId);
        jobs.register(eventId, listener, joined, 0);
        work.push(Promise.resolve(jobs.endJoin()));
      };
      for (const step of steps) {
        switch (step.does) {
          case "join":
            if (listeners.has(step.id)) break;
            // The second time it is answered: until then only the stream speaks of it.
            if (joining.has(step.id)) {
              answer(step.id);
            } else {
              joining.add(step.id);
              jobs.beginJoin();
            }
            break;
          case "say":
            jobs.deliver(step.id, step.body);
            break;
          case "drop":
            work.push(jobs.dropped(new Error("dropped")));
            break;
          case "suspect":
            jobs.suspect(jobs.joined, step.spoke);
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
      for (const eventId of joining) answer(eventId);
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
