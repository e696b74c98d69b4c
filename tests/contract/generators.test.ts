import { AppError } from "@gradio-kit/client";
import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { openGate } from "../harness/facts.js";
import { rejection } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";

scenario("C22 each yielded value comes once; the result is the last", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/count", { n: 3 });
  expect((await collect(job)).values).toEqual([0, 1, 2]);
  expect(await job.result()).toBe(2);
  expect(await job.first()).toBe(0);
  expect(job.outputs()).toEqual([0, 1, 2]);
  expect(await client.predict("/count", { n: 4 })).toBe(3);
});

scenario("C22 any number of readers get every value from the start", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/count", { n: 5 });
  const readers = [collect(job), collect(job)];
  await job.result();
  readers.push(collect(job));
  for (const { values, error } of await Promise.all(readers)) {
    expect(values).toEqual([0, 1, 2, 3, 4]);
    expect(error).toBeUndefined();
  }
});

scenario("the first value is there while the function still runs", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/count_at_gates", [tag, 2]);
  expect(await job.first()).toBe(0);
  expect(job.outputs()).toEqual([0]);
  expect(job.running()).toBe(true);
  expect(job.done()).toBe(false);
  expect(job.status().code).toBe("ITERATING");
  const early = job.outputs();
  early.push("mine");
  await openGate(server, `${tag} 0`);
  await openGate(server, `${tag} 1`);
  expect(await job.result()).toBe(1);
  expect(job.outputs()).toEqual([0, 1]);
  expect(job.running()).toBe(false);
  expect(job.done()).toBe(true);
});

scenario("C23 a generator that yields nothing ends", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/no_yields");
  expect(await job.result()).toBeNull();
  expect(job.done()).toBe(true);
  expect([[], [null]]).toContainEqual(job.outputs());
});

scenario("C24 what a generator returns is not its result", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/count_and_return", [3]);
  expect((await collect(job)).values).toEqual([0, 1, 2]);
  expect(await job.result()).toBe(2);
});

scenario("C25 an asynchronous generator", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/count_async", [3]);
  expect((await collect(job)).values).toEqual(["0", "1", "2"]);
});

scenario("C26 values before an error are kept, then the error is thrown", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/fail_late");
  const { values, error } = await collect(job);
  expect(values).toEqual([0, 1]);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: "APP_ERROR",
    message: expect.stringContaining("Oh no!"),
  });
  expect(job.outputs()).toEqual([0, 1]);
  expect(await rejection(job.result())).toBe(error);
  expect(job.status()).toMatchObject({ code: "FINISHED", success: false });
  expect(job.done()).toBe(true);
});

scenario("C26 an error after values says how to show it", async (server) => {
  await using client = await connect(server);
  expect(await rejection(client.predict("/fail_late"))).toMatchObject({
    duration: 3,
    visible: false,
  });
});

scenario("several outputs are yielded together", async (server) => {
  await using client = await connect(server);
  const { values } = await collect(client.submit("/two_outputs", [4]));
  expect(values).toEqual([
    ["a", 0],
    ["aa", 0],
    ["aaa", 1],
    ["aaaa", 1],
  ]);
});

scenario("an ordinary function can be iterated: one value", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/greet", ["Ada"]);
  expect(await collect(job)).toEqual({ values: ["Hello Ada!"], error: undefined });
  expect(await collect(job)).toEqual({ values: ["Hello Ada!"], error: undefined });
  expect(job.outputs()).toEqual(["Hello Ada!"]);
});
