import {
  button,
  createGradioServer,
  dropdown,
  endpoint,
  image,
  layout,
  multimodalTextbox,
  number,
  state,
  textbox,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { ask, callThrough } from "./support/wire.js";

const endpoints = [
  endpoint({
    apiName: "greet",
    description: "Say hello.",
    inputs: [
      textbox("Your name", { name: "name", value: "World" }),
      state(0),
      number(undefined, { optional: true }),
      dropdown("Pick", { name: "api_name", choices: ["a", ["B", "b"]] }),
      multimodalTextbox("Message", { name: "message" }),
      button("Go"),
    ],
    outputs: [textbox("Out"), layout("accordion"), image()],
    run: (name) => [name, null, null],
  }),
  endpoint({ apiName: "greet", inputs: [], outputs: [], run: () => undefined }),
  endpoint({
    apiName: "hidden",
    apiVisibility: "undocumented",
    queue: false,
    inputs: [],
    outputs: [],
    run: function* () {
      yield undefined;
    },
  }),
  endpoint({
    apiName: "secret",
    apiVisibility: "private",
    inputs: [],
    outputs: [textbox()],
    run: () => "told",
  }),
];

test("/info lists the public endpoints and what callers see of them", async () => {
  await using server = await createGradioServer({ endpoints });
  const answer = await ask(server, "GET", "/gradio_api/info?serialize=False");
  const { named_endpoints: named, unnamed_endpoints: unnamed } = answer.json() as Record<
    string,
    Record<string, { parameters: Record<string, unknown>[]; returns: unknown[] }>
  >;
  expect(unnamed).toEqual({});
  expect(Object.keys(named ?? {})).toEqual(["/greet", "/greet_1"]);
  const greet = named?.["/greet"];
  expect(greet).toMatchObject({ api_visibility: "public", description: "Say hello." });
  expect(greet?.parameters[0]).toEqual({
    label: "Your name",
    parameter_name: "name",
    parameter_has_default: true,
    parameter_default: "World",
    type: { type: "string" },
    python_type: { type: "str", description: "" },
    component: "Textbox",
    example_input: "Hello!!",
  });
  expect(
    greet?.parameters.map((parameter) => [
      parameter["label"],
      parameter["parameter_name"],
      parameter["parameter_has_default"],
      parameter["component"],
    ]),
  ).toEqual([
    ["Your name", "name", true, "Textbox"],
    ["parameter_3", "param_2", true, "Number"],
    ["Pick", "param_3", true, "Dropdown"],
    ["Message", "message", true, "Multimodaltextbox"],
  ]);
  expect(greet?.returns).toMatchObject([
    { label: "Out", component: "Textbox" },
    { label: "value_9", component: "Image" },
  ]);
  const all = await ask(server, "GET", "/gradio_api/info?all_endpoints=False");
  expect(Object.keys((all.json() as { named_endpoints: object }).named_endpoints)).toEqual([
    "/greet",
    "/greet_1",
    "/hidden",
  ]);
});

test("/config carries the app, its dependencies, and an id beyond doubles", async () => {
  await using server = await createGradioServer({ endpoints, title: "T", maxFileSize: 5 });
  const answer = await ask(server, "GET", "/config");
  const config = answer.json() as Record<string, unknown> & { dependencies: object[] };
  expect(config).toMatchObject({
    version: "6.31.0",
    api_prefix: "/gradio_api",
    protocol: "sse_v3",
    title: "T",
    max_file_size: 5,
    connect_heartbeat: true,
    root: server.url,
    pages: [["", "Home", true]],
  });
  expect(config.dependencies).toMatchObject([
    {
      id: 0,
      api_name: "greet",
      queue: true,
      types: { generator: false },
      inputs: [1, 2, 3, 4, 5, 6],
    },
    { id: 1, api_name: "greet_1" },
    { id: 2, api_name: "hidden", queue: false, types: { generator: true } },
    { id: 3, api_name: "secret", api_visibility: "private" },
  ]);
  const [, appId = ""] = /"app_id":(\d+),/.exec(answer.text) ?? [];
  expect(BigInt(appId) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
  expect((await ask(server, "GET", "/gradio_api/app_id")).text).toBe(`{"app_id":${appId}}`);
});

test("private functions run by number: the server enforces nothing", async () => {
  await using server = await createGradioServer({ endpoints });
  expect((await callThrough(server, "s", 3, [])).at(-2)?.output?.data).toEqual(["told"]);
});

test("a mounted app lives under its path only, and proxies change its root", async () => {
  await using server = await createGradioServer({ endpoints, rootPath: "/sub/app/" });
  const host = { url: new URL(server.url).origin };
  expect((await ask(host, "GET", "/config")).status).toBe(404);
  const bare = await ask(host, "GET", "/sub/app");
  expect([bare.status, bare.headers.location]).toEqual([307, `${server.url}/`]);
  const headers = { "x-forwarded-host": "pub.example", "x-forwarded-proto": "https" };
  const config = (await ask(server, "GET", "/config", { headers })).json();
  expect(config).toMatchObject({ root: "https://pub.example/sub/app" });
});

test("the page carries the config, the small routes answer, the rest is 404 or 405", async () => {
  await using server = await createGradioServer({ endpoints, title: "<T>" });
  const page = await ask(server, "GET", "/");
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.text).toContain('window.gradio_config = {"version":"6.31.0"');
  expect((await ask(server, "GET", "/gradio_api/startup-events")).text).toBe("false");
  expect((await ask(server, "GET", "/gradio_api/queue/status")).text).toBe(
    '{"msg":"estimation","event_id":null,"rank":null,"queue_size":0,"rank_eta":null}',
  );
  const nowhere = await ask(server, "GET", "/gradio_api/nope");
  expect([nowhere.status, nowhere.text]).toEqual([404, '{"detail":"Not Found"}']);
  const wrong = await ask(server, "GET", "/gradio_api/queue/join");
  expect([wrong.status, wrong.headers["allow"]]).toEqual([405, "POST"]);
  const slash = await ask(server, "GET", "/gradio_api/queue/join/");
  expect([slash.status, slash.headers["location"]]).toEqual([
    307,
    `${server.url}/gradio_api/queue/join`,
  ]);
  const component = await ask(server, "POST", "/gradio_api/component_server", { json: {} });
  expect([component.status, component.text]).toEqual([404, '{"detail":"Function not found."}']);
});

test("an origin is echoed, but a foreign page gets no access to a local app", async () => {
  await using server = await createGradioServer({ endpoints });
  const allowed = async (headers: Record<string, string>) =>
    (await ask(server, "GET", "/gradio_api/app_id", { headers })).headers[
      "access-control-allow-origin"
    ];
  expect(await allowed({ origin: "http://localhost:3" })).toBe("http://localhost:3");
  expect(await allowed({ origin: "http://evil.example" })).toBeUndefined();
  expect(await allowed({ origin: "http://evil.example", host: "x.example" })).toBe(
    "http://evil.example",
  );
  const preflight = await ask(server, "OPTIONS", "/gradio_api/queue/join", {
    headers: {
      origin: "http://localhost:3",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  });
  expect([preflight.status, preflight.text]).toEqual([200, "OK"]);
  expect(preflight.headers["access-control-allow-headers"]).toBe("content-type");
});

test("requests are recorded with what they carried", async () => {
  await using server = await createGradioServer({ endpoints });
  const json = { data: [], fn_index: 1, session_hash: "s" };
  const headers = { "x-gradio-user": "api" };
  await ask(server, "POST", "/gradio_api/queue/join?a=b", { json, headers });
  expect(server.requests).toEqual([
    {
      method: "POST",
      path: "/gradio_api/queue/join",
      query: { a: "b" },
      headers: expect.objectContaining(headers),
      body: json,
      status: 200,
      ended: expect.any(Boolean),
    },
  ]);
});
