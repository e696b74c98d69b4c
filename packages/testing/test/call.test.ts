import { createGradioServer, endpoint, json, number, state, textbox } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { ask, callThrough, cancel, listenTo } from "./support/wire.js";

const total = state(0);
const endpoints = [
  endpoint({
    apiName: "greet",
    inputs: [textbox("Name", { name: "name" }), number("Times", { name: "times", value: 2 })],
    outputs: [textbox()],
    run: (name, times) => `Hello ${name} `.repeat(times),
  }),
  endpoint({
    apiName: "tally",
    inputs: [number("Step", { name: "step" }), total],
    outputs: [number(), total],
    run: (step, before) => [before + step, before + step],
  }),
  endpoint({
    apiName: "count",
    inputs: [],
    outputs: [textbox(), json()],
    run: function* () {
      yield ["é", [1]];
      yield ["éa", [1, 2]];
    },
  }),
  endpoint({
    apiName: "fail",
    inputs: [],
    outputs: [],
    run: () => {
      throw new Error("why");
    },
  }),
  endpoint({ apiName: "odd", inputs: [], outputs: [number()], run: () => Number.NaN }),
  endpoint({
    apiName: "forever",
    inputs: [],
    outputs: [number()],
    run: (context) =>
      new Promise((resolve) => context.signal.addEventListener("abort", () => resolve(0))),
  }),
];

const start = () => createGradioServer({ endpoints, showError: true });

test("/run answers at once, by name or by number", async () => {
  await using server = await start();
  const run = (path: string, json: unknown) => ask(server, "POST", `/gradio_api${path}`, { json });
  const direct = await run("/run/greet", { data: ["a", 2] });
  expect([direct.status, direct.json()]).toEqual([
    200,
    expect.objectContaining({ data: ["Hello a Hello a "], is_generating: false }),
  ]);
  expect((await run("/api/predict/", { data: ["a", 1], fn_index: 0 })).json()).toMatchObject({
    data: ["Hello a "],
  });
  const first = { data: ["é", [1]], is_generating: true };
  expect((await run("/run/count", { data: [], session_hash: "s" })).json()).toMatchObject(first);
  expect((await run("/run/count", { data: [], session_hash: "s" })).json()).toMatchObject(first);
  const failed = await run("/run/fail", { data: [] });
  expect([failed.status, failed.json()]).toEqual([500, { error: "why", visible: true }]);
  const unknown = await run("/run/nothing", { data: [] });
  expect([unknown.status, unknown.text]).toEqual([500, "Internal Server Error"]);
  expect((await run("/run/odd", { data: [] })).json()).toMatchObject({ data: [null] });
});

test("State reaches /run through the session, and starts fresh without one", async () => {
  await using server = await start();
  const tally = async (more: object) => {
    const json = { data: [2, null], ...more };
    return (await ask(server, "POST", "/gradio_api/run/tally", { json })).json();
  };
  await callThrough(server, "s", 1, [5, null]);
  expect(await tally({ session_hash: "s" })).toMatchObject({ data: [7, null] });
  expect(await tally({})).toMatchObject({ data: [2, null] });
  expect(await tally({})).toMatchObject({ data: [2, null] });
});

async function call(server: { url: string }, name: string, data: unknown) {
  const answer = await ask(server, "POST", `/gradio_api/call/${name}`, { json: data });
  return (answer.json() as { event_id: string }).event_id;
}

test("/call names its events and writes Python's JSON", async () => {
  await using server = await start();
  const frames = async (name: string, data: unknown) => {
    const eventId = await call(server, name, data);
    const reader = await listenTo(server, `/gradio_api/call/${name}/${eventId}`);
    await reader.ended;
    return reader.frames;
  };
  expect(await frames("count", { data: [] })).toEqual([
    'event: generating\ndata: ["\\u00e9", [1]]',
    'event: generating\ndata: ["\\u00e9a", [1, 2]]',
    'event: complete\ndata: ["\\u00e9a", [1, 2]]',
  ]);
  expect(await frames("tally", { data: [3] })).toEqual(["event: complete\ndata: [3, null]"]);
  expect(await frames("odd", { data: [] })).toEqual(["event: complete\ndata: [NaN]"]);
  expect(await frames("fail", { data: [] })).toEqual([
    'event: error\ndata: {"error": "why", "visible": true}',
  ]);
  const unknown = await listenTo(server, "/gradio_api/call/greet/unknown");
  expect(await unknown.ended).toBe("broken");
  expect(unknown.frames).toEqual(['event: error\ndata: "404: Not Found"']);
});

test("/call/v2 binds by name, fills in defaults, and refuses what it does not know", async () => {
  await using server = await start();
  const eventId = await call(server, "v2/greet", { name: "Zed" });
  const reader = await listenTo(server, `/gradio_api/call/v2/greet/${eventId}`);
  await reader.ended;
  expect(reader.frames).toEqual(['event: complete\ndata: ["Hello Zed Hello Zed "]']);
  for (const json of [{ nme: "Zed" }, { times: 1 }]) {
    const refused = await ask(server, "POST", "/gradio_api/call/v2/greet", { json });
    expect([refused.status, refused.text]).toEqual([500, "Internal Server Error"]);
  }
});

test("a /call in a session is found under it, also when it has ended; cancelled it is null", async () => {
  await using server = await start();
  const ended = await call(server, "greet", { data: ["a", 1], session_hash: "s" });
  await server.until(() => server.session("s").waitingMessages === 3);
  const reader = await listenTo(server, `/gradio_api/call/greet/${ended}`);
  await reader.ended;
  expect(reader.frames).toEqual(['event: complete\ndata: ["Hello a "]']);

  const running = await call(server, "forever", { data: [], session_hash: "t" });
  const other = await listenTo(server, `/gradio_api/call/forever/${running}`);
  await cancel(server, "t", 5, running);
  await other.ended;
  expect(other.frames).toEqual(["event: complete\ndata: null"]);
});
