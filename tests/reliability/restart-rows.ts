import { Client } from "@gradio-kit/client";
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

const isNewcomer = ({ apiName }: { readonly apiName: string | undefined }) =>
  apiName === "/newcomer";

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
    seen: "the value, of the endpoint of that name, wherever it is now; State starts anew, of which `log` is told once",
    run: async ({ proxy }, app) => {
      const told: string[] = [];
      const log = (line: string) => void told.push(line);
      await using client = await Client.connect(proxy.url, { log });
      const { sessionHash, config } = client;
      expect(await client.predict("/increment")).toBe(1);
      await app.stop();
      await app.start("rewritten");
      expect(await client.predict("/increment")).toBe(1);
      expect(await client.predict("/increment")).toBe(2);
      expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
      expect(await client.predict("/newcomer", ["here"])).toBe("here");
      expect(client.config.appId).not.toBe(config.appId);
      expect(client.sessionHash).toBe(sessionHash);
      expect(told.filter((line) => line.includes("was restarted"))).toHaveLength(1);
    },
  },
  {
    fault: "the app is down when calls are made, and comes back with other endpoints",
    seen: "the values, once, of the endpoints of those names: the calls wait and are sent to the new app",
    run: async ({ client, proxy }, app) => {
      await client.predict("/increment");
      const next = client.endpoints.some(isNewcomer) ? "main" : "rewritten";
      await app.stop();
      const retry = { attempts: 1000, minDelay: 20, maxDelay: 200 };
      const before = proxy.requests.length;
      const calls = [
        client.predict("/greet", ["Ada"], { retry }),
        client.predict("/increment", [], { retry }),
      ];
      await until("the app is asked for", () => proxy.requests.length > before);
      await app.start(next);
      expect(await Promise.all(calls)).toEqual(["Hello Ada!", 1]);
      expect(client.endpoints.some(isNewcomer)).toBe(next === "rewritten");
    },
  },
];
