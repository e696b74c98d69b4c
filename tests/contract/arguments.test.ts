import { Client, InputError } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection, thrown } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";

scenario("C01 inputs by position and by name, defaults filled in", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/greet", ["a", "b"])).toBe("Hello ab");
  expect(await client.predict("/greet", ["a"])).toBe("Hello a!");
  expect(await client.predict("/greet", { name: "a" })).toBe("Hello a!");
  expect(await client.predict("/greet", { punctuation: "?", name: "a" })).toBe("Hello a?");
  expect(await client.predict("/greet", { name: "a", punctuation: undefined })).toBe("Hello a!");
});

scenario("C02 numbers and choices", async (server) => {
  await using client = await connect(server);
  const sum = { num1: 3, operation: "add", num2: 3 };
  expect(await client.predict("/calculator", sum)).toBe(6);
  expect(await client.predict("/calculator", [4, "subtract", 3])).toBe(1);
  expect(await client.predict("/calculator", [3, "divide", 4])).toBe(0.75);
});

scenario("C03 what is required, and what has a default", async (server) => {
  await using client = await connect(server);
  const endpoint = client.endpoints.find(({ apiName }) => apiName === "/defaults");
  const told = new Map(
    endpoint?.parameters.map((parameter) => [
      parameter.parameterName,
      [parameter.hasDefault, parameter.default],
    ]),
  );
  expect([...told.keys()]).toEqual(["a", "b", "c", "d"]);
  expect(told.get("a")).toEqual([false, undefined]);
  expect(told.get("d")).toEqual([true, 10]);
  const expected = { a: 1, b: "x", c: null, d: 10 };
  expect(await client.predict("/defaults", { a: 1, b: "x", c: null })).toEqual(expected);
  expect(await client.predict("/defaults", [1, "x", null])).toEqual(expected);
  expect(await client.predict("/defaults", { a: 1, b: "x", c: null, d: null })).toEqual({
    ...expected,
    d: null,
  });
});

scenario("C03 a text box that is empty has no default", async (server) => {
  await using client = await connect(server);
  const endpoint = client.endpoints.find(({ apiName }) => apiName === "/defaults");
  expect(endpoint?.parameters[1]).toMatchObject({ hasDefault: false, default: undefined });
});

scenario("C03 an argument whose default is None may be left out", async (server) => {
  await using client = await connect(server);
  const endpoint = client.endpoints.find(({ apiName }) => apiName === "/defaults");
  expect(endpoint?.parameters[2]).toMatchObject({ hasDefault: true, default: null });
  const expected = { a: 1, b: "x", c: null, d: 10 };
  expect(await client.predict("/defaults", { a: 1, b: "x" })).toEqual(expected);
  expect(await client.predict("/defaults", [1, "x"])).toEqual(expected);
});

scenario("C03 a missing argument is named, and nothing is sent", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const before = relay.to("/queue").length;
  for (const inputs of [{ b: "x" }, [], undefined]) {
    const error = thrown(() => client.submit("/defaults", inputs));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "MISSING_ARGUMENT" });
    expect(String(error)).toMatch(/\ba\b/);
  }
  expect(relay.to("/queue")).toHaveLength(before);
});

scenario("C04 an unknown argument is named, and nothing is sent", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const error = await rejection(client.predict("/greet", { name: "a", punctation: "?" }));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code: "UNKNOWN_ARGUMENT" });
  expect(String(error)).toContain("punctation");
  expect(relay.to("/queue")).toHaveLength(0);
});

scenario("C04 surplus arguments are refused, and nothing is sent", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const error = await rejection(client.predict("/greet", ["a", "b", "c"]));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code: "TOO_MANY_ARGUMENTS" });
  expect(String(error)).toContain("/greet");
  expect(relay.to("/queue")).toHaveLength(0);
});

scenario("C16 State needs no argument and shows in no list", async (server) => {
  await using client = await connect(server);
  const endpoint = client.endpoints.find(({ apiName }) => apiName === "/between");
  expect(endpoint?.parameters.map(({ parameterName }) => parameterName)).toEqual(["a", "b"]);
  expect(await client.predict("/between", ["A", 2])).toBe("A52");
  expect(await client.predict("/between", { a: "A", b: 2 })).toBe("A52");
});

scenario("any JSON arrives as it was sent, and comes back so", async (server) => {
  await using client = await connect(server);
  for (const value of [
    { a: [1, -2.5, 1e21, true, false, null, "é\u2028😀\n", { deep: [[[]], {}] }] },
    ["x", ["y"]],
    { "": 0, "key with spaces": "v", constructor: 1 },
    [],
    {},
  ]) {
    expect(await client.predict("/echo", [value])).toEqual(value);
  }
});

scenario("the caller's inputs are left as they are", async (server) => {
  await using client = await connect(server);
  const inputs = Object.freeze({ value: Object.freeze({ list: Object.freeze([1, 2]) }) });
  expect(await client.predict("/echo", inputs)).toEqual({ list: [1, 2] });
  const positional = Object.freeze(["Ada"]);
  expect(await client.predict("/greet", positional)).toBe("Hello Ada!");
});

scenario("what the app would accept is never refused", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/choose", ["g", ["x", "z"], true, 3])).toEqual({
    colour: "g",
    colours: ["x", "z"],
    agree: true,
    amount: 3,
  });
  // Nulls where the schema wants a value, and a number of another kind than the slider steps.
  expect(await client.predict("/choose", [null, [], null, 2.5])).toEqual({
    colour: null,
    colours: [],
    agree: null,
    amount: 2.5,
  });
});
