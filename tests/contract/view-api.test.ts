import { expect } from "vitest";
import { compileErrors } from "../harness/compile.js";
import { connect } from "../harness/connect.js";
import { scenario } from "../harness/scenario.js";

scenario("C71 the object: every public endpoint in full", async (server) => {
  await using client = await connect(server, "single");
  const described = client.viewApi({ printInfo: false, returnFormat: "dict" });
  expect(Object.keys(described.namedEndpoints)).toEqual(["/predict"]);
  expect(described.unnamedEndpoints).toEqual({});
  const endpoint = described.namedEndpoints["/predict"];
  expect(endpoint).toMatchObject({
    apiName: "/predict",
    fnIndex: 0,
    isGenerator: false,
    isQueued: true,
    parameters: [
      {
        parameterName: "num1",
        label: "num1",
        component: "Number",
        type: { type: "number" },
        tsType: "number",
        hasDefault: false,
        default: undefined,
        example: expect.any(Number),
      },
      {
        parameterName: "operation",
        label: "operation",
        component: "Radio",
        hasDefault: false,
      },
      { parameterName: "num2", component: "Number", tsType: "number" },
    ],
    returns: [{ label: "output", component: "Number", tsType: "number" }],
  });
});

scenario("C71 choices are told", async (server) => {
  await using client = await connect(server, "single");
  const { namedEndpoints } = client.viewApi({ printInfo: false, returnFormat: "dict" });
  expect(namedEndpoints["/predict"]?.parameters[1]).toMatchObject({
    tsType: '"add" | "subtract" | "multiply" | "divide"',
  });
});

scenario("C71 the docstring is the description", async (server) => {
  await using client = await connect(server);
  const { namedEndpoints } = client.viewApi({ printInfo: false, returnFormat: "dict" });
  expect(namedEndpoints["/greet"]?.description).toContain("Greets a person by name.");
});

scenario("C71 defaults are shown", async (server) => {
  await using client = await connect(server);
  const { namedEndpoints } = client.viewApi({ printInfo: false, returnFormat: "dict" });
  expect(namedEndpoints["/greet"]?.parameters[1]).toMatchObject({
    parameterName: "punctuation",
    hasDefault: true,
    default: "!",
  });
});

scenario("C71 State shows nowhere, kinds of endpoints do", async (server) => {
  await using client = await connect(server);
  const { namedEndpoints } = client.viewApi({ printInfo: false, returnFormat: "dict" });
  expect(namedEndpoints["/increment"]).toMatchObject({ parameters: [], returns: [{}] });
  expect(namedEndpoints["/count"]).toMatchObject({ isGenerator: true });
  expect(namedEndpoints["/unqueued"]).toMatchObject({ isQueued: false });
});

scenario("C71 the text lists each endpoint as code", async (server) => {
  await using client = await connect(server, "single");
  const text = client.viewApi({ printInfo: false, returnFormat: "str" });
  expect(text).toContain('"/predict"');
  expect(text).toContain("num1");
  expect(text).toContain("operation");
  expect(text).not.toContain("undocumented");
});

scenario("C71 the text compiles where it is pasted", async (server) => {
  for (const app of ["main", "single"] as const) {
    await using client = await connect(server, app);
    const text = client.viewApi({ printInfo: false, returnFormat: "str" });
    expect(await compileErrors(text)).toEqual([]);
  }
});

scenario("C71 without a format it prints, and returns nothing", async (server) => {
  const printed: string[] = [];
  await using client = await connect(server, "single", { log: (text) => printed.push(text) });
  expect(client.viewApi()).toBeUndefined();
  expect(printed.join("\n")).toContain("/predict");
});
