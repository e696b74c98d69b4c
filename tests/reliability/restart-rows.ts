import { loseAnswer, stall } from "@gradio-kit/testing";
import { expect } from "vitest";
import { facts, until, untilFact } from "../harness/facts.js";
import { connect } from "../harness/connect.js";
import type { Bench } from "./bench.js";
import { expectLost } from "./fault-row.js";
import type { RestartableApp } from "./restartable-app.js";

/** A moment at which the app is restarted. */
export interface RestartRow {
  readonly fault: string;
  readonly seen: string;
  run(bench: Bench, app: RestartableApp): Promise<void>;
}

async function restart(app: RestartableApp): Promise<void> {
  await app.stop();
  await app.start();
}

/** That the new process has not been asked to do again what the old one did. */
async function expectNotRunAgain({ server, tag }: Bench): Promise<void> {
  expect(await facts(server, tag)).toEqual([]);
}

/** What becomes of calls when the process of the app ends and another one takes its place. */
export const restartRows: readonly RestartRow[] = [
  {
    fault: "the app is restarted while the function runs",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, at once; not made again",
    run: async (bench, app) => {
      const job = bench.client.submit("/hold", [bench.tag]);
      await untilFact(bench.server, bench.tag, "started");
      await until("the client knows", () => job.running());
      await app.stop();
      await expectLost(job, { mayHaveRun: true, retryable: false });
      await app.start();
      await expectNotRunAgain(bench);
    },
  },
  {
    fault: "the app is restarted while the call waits in the queue",
    seen: "`CONNECTION_LOST`, `mayHaveRun`; not made again",
    run: async (bench, app) => {
      await using other = await connect(bench.server);
      const before = crypto.randomUUID();
      const blocking = other.submit("/hold_in_turn", [before]);
      await untilFact(bench.server, before, "started");
      const job = bench.client.submit("/hold_in_turn", [bench.tag]);
      await until("the call waits", () => job.status().code === "IN_QUEUE");
      await restart(app);
      await expectLost(job, { mayHaveRun: true });
      await expectLost(blocking, { mayHaveRun: true });
      await expectNotRunAgain(bench);
    },
  },
  {
    fault: "the app takes the call and is restarted before its answer arrives",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, `retryable`: the old app may have run it; not made again",
    run: async (bench, app) => {
      const { client, proxy, server, tag } = bench;
      proxy.inject({ path: "/queue/join", nth: 1, fault: loseAnswer() });
      proxy.inject({ path: "/queue/data", fault: stall() });
      const job = client.submit("/hold", [tag]);
      await untilFact(server, tag, "started");
      await restart(app);
      proxy.heal();
      proxy.dropRequests({ path: "/queue/data" });
      await expectLost(job, { mayHaveRun: true, retryable: true });
      await expectNotRunAgain(bench);
    },
  },
  {
    fault: "the app is restarted between two calls of a session",
    seen: "the value; State starts anew",
    run: async ({ client }, app) => {
      expect(await client.predict("/increment")).toBe(1);
      await restart(app);
      expect(await client.predict("/increment")).toBe(1);
      expect(await client.predict("/increment")).toBe(2);
    },
  },
];
