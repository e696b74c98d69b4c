import { InputError } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { facts } from "../harness/facts.js";
import { rejection, thrown } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";

scenario("C05 a name works with and without its slash", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  expect(await client.predict("greet", ["Ada"])).toBe("Hello Ada!");
});

scenario("C05 an unknown name is refused with the known ones and the nearest", async (server) => {
  await using client = await connect(server);
  const error = await rejection(client.predict("/gret", ["Ada"]));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code: "UNKNOWN_ENDPOINT" });
  expect(String(error)).toContain("/gret");
  expect(String(error)).toMatch(/did you mean.*\/greet/i);
  expect(String(error)).toContain("/calculator");
});

scenario("C05 the only public endpoint needs no name", async (server) => {
  await using client = await connect(server, "single");
  expect(await client.predict([3, "add", 3])).toBe(6);
  expect(await client.predict({ num1: 3, operation: "multiply", num2: 3 })).toBe(9);
  expect(await client.submit([3, "add", 4]).result()).toBe(7);
});

scenario("C05 several public endpoints: one has to be named", async (server) => {
  await using client = await connect(server);
  const error = await rejection(client.predict(["Ada"]));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code: "AMBIGUOUS_ENDPOINT" });
});

scenario("C06 an index works, with named inputs too", async (server) => {
  await using client = await connect(server);
  const greet = client.endpoints.find(({ apiName }) => apiName === "/greet");
  const index = greet?.fnIndex ?? expect.unreachable();
  expect(await client.predict(index, ["Ada"])).toBe("Hello Ada!");
  expect(await client.predict(index, { name: "Ada", punctuation: "?" })).toBe("Hello Ada?");
});

scenario("C06 an unknown index is refused", async (server) => {
  await using client = await connect(server);
  for (const index of [9999, -1, 0.5]) {
    const error = thrown(() => client.submit(index, []));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "UNKNOWN_ENDPOINT" });
  }
});

scenario("C07 an undocumented endpoint is callable, but not listed", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/undocumented", ["x"])).toBe("seen x");
  const listed = client.viewApi({ printInfo: false, returnFormat: "dict" });
  expect(Object.keys(listed.namedEndpoints)).toContain("/shown");
  expect(Object.keys(listed.namedEndpoints)).not.toContain("/undocumented");
});

scenario(
  "C07 named inputs of an undocumented endpoint: right, or a clear refusal",
  async (server) => {
    await using client = await connect(server);
    const outcome = await client
      .predict("/undocumented", { text: "x" })
      .catch((error: unknown) => error);
    if (outcome instanceof InputError) expect(outcome.code).toBe("UNKNOWN_ARGUMENT");
    else expect(outcome).toBe("seen x");
  },
);

scenario("C07 a private endpoint is refused before any request", async (server) => {
  await using client = await connect(server);
  const hidden = new Set(await facts(server, "hidden functions"));
  expect(hidden.size).toBeGreaterThan(0);
  for (const index of hidden) {
    const error = thrown(() => client.submit(Number(index), ["x"]));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "UNKNOWN_ENDPOINT" });
  }
  for (const { fnIndex } of client.endpoints) expect(hidden).not.toContain(fnIndex);
});

scenario("C08 parameters may be called like the client's own words", async (server) => {
  await using client = await connect(server);
  const endpoint = client.endpoints.find(({ apiName }) => apiName === "/odd_names");
  expect(endpoint?.parameters.map(({ parameterName }) => parameterName)).toEqual([
    "param_0",
    "param_1",
    "param_2",
    "headers",
  ]);
  const inputs = { param_0: "a", param_1: "b", param_2: "c", headers: "d" };
  expect(await client.predict("/odd_names", inputs)).toEqual(["a", "b", "c", "d"]);
});

scenario("C09 the same name twice", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/dup", ["x"])).toBe("first x");
  expect(await client.predict("/dup_1", ["x"])).toBe("second x");
});

scenario("C09 names that the app did not choose", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/named_after_function", ["x"])).toBe("named x");
  expect(await client.predict("/lambda", ["x"])).toBe("lambda x");
});
