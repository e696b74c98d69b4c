import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { facts, openGate, untilFact } from "../harness/facts.js";
import { scenario } from "../harness/scenario.js";

scenario("C15 State is kept from call to call, until the session is reset", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/increment")).toBe(1);
  expect(await client.predict("/increment_unqueued")).toBe(2);
  expect(await client.predict("/increment", {})).toBe(3);
  const before = client.sessionHash;
  client.resetSession();
  expect(client.sessionHash).not.toBe(before);
  expect(await client.predict("/increment")).toBe(1);
  expect(await client.predict("/increment_unqueued")).toBe(2);
});

scenario("C17 State and layout among the outputs", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/greet_and_count", ["Freddy"])).toEqual(["Hello Freddy", 1]);
  expect(await client.predict("/greet_and_count", ["Abubakar"])).toEqual(["Hello Abubakar", 2]);
  expect(await client.predict("/count_visits")).toBe(3);
  expect(await client.predict("/count_visits")).toBe(4);
  expect(await client.predict("/greet_and_count", ["Ali"])).toEqual(["Hello Ali", 5]);
});

scenario("C18 a generator updates State as it goes", async (server) => {
  await using client = await connect(server);
  expect((await collect(client.submit("/count_in_state", [3]))).values).toEqual([1, 2, 3]);
  expect(await client.predict("/read_counted")).toBe(3);
});

scenario("C18 generators with State at the same time keep their own values", async (server) => {
  await using client = await connect(server);
  const counts = [5, 3, 4];
  const jobs = counts.map((count) => client.submit("/count_in_state", [count]));
  const all = await Promise.all(jobs.map((job) => collect(job)));
  expect(all.map(({ values }) => values)).toEqual([
    [1, 2, 3, 4, 5],
    [1, 2, 3],
    [1, 2, 3, 4],
  ]);
});

scenario("C18 after a cancelled generator with State the next one starts anew", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/count_in_state", [500]);
  await job.first();
  await job.cancel();
  expect((await collect(client.submit("/count_in_state", [3]))).values).toEqual([1, 2, 3]);
});

scenario("C19 State goes when the session is reset or closed, and not before", async (server) => {
  for (const leave of ["reset", "close"] as const) {
    const client = await connect(server, "farewell");
    try {
      const tag = crypto.randomUUID();
      const session = client.sessionHash;
      expect(await client.predict("/remember", [tag])).toBe(tag);
      // Longer than it takes the server to forget a session that was left.
      await pause(1_500);
      expect(await facts(server, tag)).toEqual(["remembered"]);
      expect(await facts(server, session)).toEqual([]);
      if (leave === "reset") client.resetSession();
      else await client.close();
      await untilFact(server, session, "unloaded");
      await untilFact(server, tag, "state deleted");
    } finally {
      await client.close();
    }
  }
});

scenario("C20 a reset in the middle of a call: it ends in its old session", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  expect(await client.predict("/increment")).toBe(1);
  const job = client.submit("/increment_at_gate", [tag]);
  await untilFact(server, tag, "started");
  client.resetSession();
  expect(await client.predict("/increment")).toBe(1);
  expect(job.done()).toBe(false);
  await openGate(server, tag);
  expect(await job.result()).toBe(2);
  expect(await client.predict("/increment")).toBe(2);
});

scenario("C21 two clients of one session share its State", async (server) => {
  const sessionHash = crypto.randomUUID();
  await using one = await connect(server, "main", { sessionHash });
  await using other = await connect(server, "main", { sessionHash });
  expect(one.sessionHash).toBe(sessionHash);
  expect(await one.predict("/increment")).toBe(1);
  expect(await other.predict("/increment")).toBe(2);
  expect(await one.predict("/increment")).toBe(3);
});

scenario("two clients of their own do not share State", async (server) => {
  await using one = await connect(server);
  await using other = await connect(server);
  expect(one.sessionHash).not.toBe(other.sessionHash);
  expect(await one.predict("/increment")).toBe(1);
  expect(await other.predict("/increment")).toBe(1);
});

scenario("a call in a session of its own starts with fresh State", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/increment")).toBe(1);
  expect(await client.predict("/increment", [], { session: "own" })).toBe(1);
  expect(await client.predict("/increment", [], { session: "own" })).toBe(1);
  expect(await client.predict("/increment")).toBe(2);
});
