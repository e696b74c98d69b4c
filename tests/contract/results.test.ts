import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { scenario } from "../harness/scenario.js";

scenario("C10 no output, one output, several outputs", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/nothing")).toEqual([]);
  expect(await client.predict("/one")).toBe(1);
  expect(await client.predict("/two")).toEqual([1, "x"]);
  expect(await client.predict("/three_nulls", [])).toEqual([null, null, null]);
  expect(await client.predict("/three_nulls", {})).toEqual([null, null, null]);
});

scenario("C11 layout never shows in a result", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/with_layout")).toBe("z");
  expect(await client.predict("/only_layout")).toEqual([]);
});

scenario("C12 skip and update arrive as the app sent them", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/skip")).toEqual({ __type__: "update" });
  expect(await client.predict("/update")).toEqual({ __type__: "update", value: "v", label: "L" });
});

scenario("C13 numbers that JSON does not know are null", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/not_finite")).toEqual([null, { a: null, b: [null] }]);
});

scenario("C14 every character of a text arrives", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/tricky_text")).toBe("a\u0085b\u2028c\r\nd\te\0f😀");
  expect(await client.predict("/long_text")).toBe("\ta\nb".repeat(90_000));
});

scenario("whole numbers up to the largest safe one are exact", async (server) => {
  await using client = await connect(server);
  const value = Number.MAX_SAFE_INTEGER;
  expect(await client.predict("/big_integer")).toEqual({ value });
  expect(await client.predict("/echo", [{ value: -value }])).toEqual({ value: -value });
});

scenario("C38 a function without queue gives its result once", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/unqueued", ["x"])).toBe("direct x");
  const job = client.submit("/unqueued", ["y"]);
  const values: unknown[] = [];
  for await (const value of job) values.push(value);
  expect(values).toEqual(["direct y"]);
  expect(job.status()).toMatchObject({ code: "FINISHED", success: true });
});

scenario("C39 a batch function gives each caller its own answer", async (server) => {
  await using client = await connect(server);
  const numbers = [0, 1, 2, 3];
  const results = await Promise.all(numbers.map((n) => client.predict("/doubled_in_batches", [n])));
  expect(results).toEqual([0, 2, 4, 6]);
});

scenario("C40 an answer from the app's cache arrives like any other", async (server) => {
  await using client = await connect(server);
  for (const attempt of [1, 2, 3]) {
    const job = client.submit("/cached", [`text ${attempt % 2}`]);
    expect(await job.result()).toBe(`TEXT ${attempt % 2}`);
    expect(job.outputs()).toEqual([`TEXT ${attempt % 2}`]);
    expect(job.status()).toMatchObject({ code: "FINISHED", success: true });
  }
});
