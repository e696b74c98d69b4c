import {
  createGradioServer,
  endpoint,
  GradioError,
  json,
  number,
  skip,
  textbox,
  update,
  validate,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { ask, callThrough, gate, join, listen, type Message } from "./support/wire.js";

const name = textbox("Name", { name: "name" });
const out = textbox("Out");

const greet = endpoint({
  apiName: "greet",
  inputs: [name, number("Times", { name: "times" })],
  outputs: [out],
  run: (name, times) => `Hello ${name} `.repeat(times),
});

test("a call passes through estimation, start and completion, and the stream ends", async () => {
  await using server = await createGradioServer({ endpoints: [greet] });
  const eventId = await join(server, "s", 0, ["you", 2]);
  const reader = await listen(server, "s");
  const messages = await reader.all();
  expect(eventId).toMatch(/^[0-9a-f]{32}$/);
  expect(messages.slice(0, 2)).toEqual([
    { msg: "estimation", event_id: eventId, rank: 0, queue_size: 1, rank_eta: null },
    { msg: "process_starts", event_id: eventId, eta: null },
  ]);
  expect(messages[2]).toEqual({
    msg: "process_completed",
    event_id: eventId,
    output: {
      data: ["Hello you Hello you "],
      is_generating: false,
      duration: expect.any(Number),
      average_duration: expect.any(Number),
      render_config: null,
      changed_state_ids: [],
      used_cache: null,
    },
    success: true,
    title: null,
    used_cache: null,
    cache_duration: expect.any(Number),
    avg_time: expect.any(Number),
  });
  expect(messages.slice(3)).toEqual([{ msg: "close_stream", event_id: null }]);
  expect(await reader.ended).toBe("clean");
});

test("a session nobody joined gets one error in a 200 answer that is broken off", async () => {
  await using server = await createGradioServer({ endpoints: [greet] });
  const reader = await listen(server, "unknown");
  expect(await reader.ended).toBe("broken");
  expect(reader.frames).toEqual([
    'data: {"msg":"unexpected_error","event_id":null,"message":"404: Not Found","session_not_found":true,"success":false}',
  ]);
});

test("messages wait for a reader that comes after the job has ended", async () => {
  await using server = await createGradioServer({ endpoints: [greet] });
  await join(server, "s", 0, ["a", 1]);
  await server.until(() => server.session("s").waitingMessages === 3);
  const messages = await (await listen(server, "s")).all();
  expect(messages.map(({ msg }) => msg)).toEqual([
    "estimation",
    "process_starts",
    "process_completed",
    "close_stream",
  ]);
});

test("two events of a session interleave on one stream, which ends after the last", async () => {
  const first = gate();
  const slow = endpoint({
    apiName: "slow",
    inputs: [],
    outputs: [out],
    run: async function* () {
      yield "1";
      await first.opened;
      yield "12";
    },
  });
  await using server = await createGradioServer({ endpoints: [greet, slow] });
  const a = await join(server, "s", 1, []);
  const reader = await listen(server, "s");
  await reader.next(({ msg }) => msg === "process_generating");
  const b = await join(server, "s", 0, ["b", 1]);
  await reader.next(({ msg, event_id }) => msg === "process_completed" && event_id === b);
  first.open();
  const kinds = (await reader.all()).map(({ msg, event_id }) =>
    event_id === null ? msg : `${event_id === a ? "A" : "B"} ${msg}`,
  );
  expect(kinds).toEqual([
    "A estimation",
    "A process_starts",
    "A process_generating",
    "B estimation",
    "B process_starts",
    "B process_completed",
    "A process_generating",
    "A process_completed",
    "close_stream",
  ]);
});

test("streamed outputs are edits, whole for JSON and for simple_format; the end is whole", async () => {
  const stream = endpoint({
    apiName: "stream",
    inputs: [],
    outputs: [out, json()],
    run: function* () {
      const items: number[] = [];
      for (const step of [0, 1]) {
        items.push(step);
        yield [`${items.join("")}`, { items }];
      }
    },
  });
  await using server = await createGradioServer({ endpoints: [stream] });
  const data = async (more: object): Promise<unknown> =>
    (await callThrough(server, JSON.stringify(more), 0, [], more)).flatMap(({ output }) =>
      output ? [output.data] : [],
    );
  const whole = ["01", { items: [0, 1] }];
  expect(await data({})).toEqual([
    ["0", { items: [0] }],
    [[["append", [], "1"]], [["replace", [], { items: [0, 1] }]]],
    whole,
  ]);
  expect(await data({ simple_format: true })).toEqual([["0", { items: [0] }], whole, whole]);
});

test("update objects are what the next edit starts from", async () => {
  const stream = endpoint({
    apiName: "stream",
    inputs: [],
    outputs: [out],
    run: function* () {
      yield "a";
      yield skip();
      yield update({ value: "b" });
    },
  });
  await using server = await createGradioServer({ endpoints: [stream] });
  const messages = await callThrough(server, "s", 0, []);
  expect(messages.flatMap(({ output }) => (output ? [output.data] : []))).toEqual([
    ["a"],
    [[["replace", [], { __type__: "update" }]]],
    [[["add", ["value"], "b"]]],
    [{ __type__: "update", value: "b" }],
  ]);
});

test("a generator without values ends with null", async () => {
  const empty = endpoint({
    apiName: "empty",
    inputs: [],
    outputs: [out],
    run: function* () {
      // Nothing to yield.
    },
  });
  await using server = await createGradioServer({ endpoints: [empty] });
  const messages = await callThrough(server, "s", 0, []);
  expect(messages.map(({ msg }) => msg)).not.toContain("process_generating");
  expect(messages.at(-2)?.output?.data).toEqual([null]);
});

test("errors: Gradio's own are shown, others hidden unless the app shows them", async () => {
  const endpoints = [
    endpoint({
      apiName: "own",
      inputs: [],
      outputs: [out],
      run: () => {
        throw new GradioError("boom", { title: "T", duration: 5 });
      },
    }),
    endpoint({
      apiName: "plain",
      inputs: [],
      outputs: [out],
      run: () => {
        throw new Error("secret");
      },
    }),
    endpoint({
      apiName: "late",
      inputs: [],
      outputs: [out],
      run: function* () {
        yield "a";
        throw new GradioError("late");
      },
    }),
  ];
  await using hiding = await createGradioServer({ endpoints });
  await using showing = await createGradioServer({ endpoints, showError: true });
  const last = async (server: typeof hiding, fnIndex: number) => {
    const messages = await callThrough(server, `s${fnIndex}`, fnIndex, []);
    const { msg, event_id, used_cache, ...rest } = messages.at(-2) as Message;
    expect([msg, event_id, used_cache]).toEqual(["process_completed", expect.any(String), null]);
    return rest;
  };
  const failed = { success: false, cache_duration: null, avg_time: null };
  expect(await last(hiding, 0)).toEqual({
    ...failed,
    output: { error: "boom", duration: 5, visible: true, title: "T" },
    title: "T",
  });
  expect(await last(hiding, 1)).toEqual({ ...failed, output: { error: null }, title: "Error" });
  expect(await last(showing, 1)).toEqual({
    ...failed,
    output: { error: "secret", visible: true },
    title: "Error",
  });
  expect(await last(hiding, 2)).toEqual({
    ...failed,
    output: { error: "late", duration: 10, visible: true, title: "Error" },
    title: null,
    cache_duration: 10,
  });
});

test("logs and progress reach the stream", async () => {
  const chatty = endpoint({
    apiName: "chatty",
    inputs: [],
    outputs: [],
    run: (context) => {
      context.progress([1, 4], { desc: "loading", unit: "files" });
      context.log.warning("careful", { duration: null, title: "Hm" });
    },
  });
  await using server = await createGradioServer({ endpoints: [chatty] });
  const messages = await callThrough(server, "s", 0, []);
  expect(messages).toContainEqual(
    expect.objectContaining({
      msg: "progress",
      progress_data: [{ index: 1, length: 4, unit: "files", progress: null, desc: "loading" }],
    }),
  );
  expect(messages).toContainEqual(
    expect.objectContaining({
      msg: "log",
      log: "careful",
      level: "warning",
      duration: null,
      visible: true,
      title: "Hm",
    }),
  );
  expect(messages.at(-2)?.output?.data).toEqual([]);
});

test("who waits is told the rank, again whenever somebody starts", async () => {
  const gates = [gate(), gate(), gate()];
  const turn = endpoint({
    apiName: "turn",
    inputs: [number()],
    outputs: [],
    run: (index) => gates[index]?.opened,
  });
  await using server = await createGradioServer({ endpoints: [turn] });
  const ids: string[] = [];
  ids.push(await join(server, "s", 0, [0]));
  const reader = await listen(server, "s");
  await reader.next(({ msg }) => msg === "process_starts");
  for (const index of [1, 2]) ids.push(await join(server, "s", 0, [index]));
  for (const { open } of gates) open();
  const told = (await reader.all()).flatMap(({ msg, event_id, rank, queue_size }) =>
    msg === "estimation" ? [[ids.indexOf(event_id ?? ""), rank, queue_size]] : [],
  );
  expect(told).toEqual([
    [0, 0, 1],
    [1, 0, 1],
    [2, 1, 2],
    [2, 0, 1],
  ]);
});

test("a full or stopped queue refuses joins with 503", async () => {
  const held = gate();
  const hold = endpoint({ apiName: "hold", inputs: [], outputs: [], run: () => held.opened });
  await using server = await createGradioServer({ endpoints: [hold], queueMaxSize: 1 });
  const joinAgain = () =>
    ask(server, "POST", "/gradio_api/queue/join", {
      json: { data: [], fn_index: 0, session_hash: "s" },
    });
  await join(server, "s", 0, []);
  await (await listen(server, "s")).next(({ msg }) => msg === "process_starts");
  await join(server, "s", 0, []);
  const full = await joinAgain();
  expect([full.status, full.json()]).toEqual([
    503,
    { detail: "Queue is full. Max size is 1 and size is 1." },
  ]);
  server.stopQueue();
  const stopped = await joinAgain();
  expect([stopped.status, stopped.json()]).toEqual([503, { detail: "Queue is stopped." }]);
  held.open();
});

test("joins that make no sense are refused the way FastAPI and Gradio refuse them", async () => {
  await using server = await createGradioServer({ endpoints: [greet] });
  const refused = async (json: unknown): Promise<unknown[]> => {
    const answer = await ask(server, "POST", "/gradio_api/queue/join", { json });
    return [answer.status, answer.status === 500 ? answer.text : answer.json()];
  };
  expect(await refused({ data: [], fn_index: 0 })).toEqual([
    400,
    { detail: "Session hash not found." },
  ]);
  expect(await refused({ data: [], session_hash: "s" })).toEqual([
    400,
    { detail: "No function index provided." },
  ]);
  expect(await refused({ data: [], session_hash: "s", fn_index: 9 })).toEqual([
    500,
    "Internal Server Error",
  ]);
  expect(await refused({ data: [], session_hash: "", fn_index: 0 })).toEqual([
    500,
    "Internal Server Error",
  ]);
  const body = { fn_index: "abc", session_hash: 3 };
  expect(await refused(body)).toEqual([
    422,
    {
      detail: [
        {
          type: "string_type",
          loc: ["body", "session_hash"],
          msg: "Input should be a valid string",
          input: 3,
        },
        { type: "missing", loc: ["body", "data"], msg: "Field required", input: body },
        {
          type: "int_parsing",
          loc: ["body", "fn_index"],
          msg: "Input should be a valid integer, unable to parse string as an integer",
          input: "abc",
        },
      ],
    },
  ]);
});

test("an input validator answers the join with one verdict per input", async () => {
  const checked = endpoint({
    apiName: "checked",
    inputs: [name, number("Times", { name: "times" })],
    outputs: [out],
    run: (name) => name,
    validator: (name) => {
      if (name === "throw") throw new Error("validator broke");
      return [validate(name.length > 3, "too short"), true];
    },
  });
  await using server = await createGradioServer({ endpoints: [checked] });
  const joinWith = (value: string) =>
    ask(server, "POST", "/gradio_api/queue/join", {
      json: { data: [value, 1], fn_index: 0, session_hash: "s" },
    });
  const rejected = await joinWith("abc");
  expect([rejected.status, rejected.json()]).toEqual([
    422,
    {
      detail: [
        { __type__: "validate", is_valid: false, message: "too short", parameter_name: "name" },
        { is_valid: true, message: "" },
      ],
    },
  ]);
  const broke = await joinWith("throw");
  expect([broke.status, broke.json()]).toEqual([400, { detail: "validator broke" }]);
  expect((await joinWith("long enough")).status).toBe(200);
});

test("too few inputs fail in the completion, too many are ignored", async () => {
  await using server = await createGradioServer({ endpoints: [greet], showError: true });
  const few = await callThrough(server, "few", 0, ["a"]);
  expect(few.at(-2)?.output?.error).toContain("didn't receive enough input values");
  const many = await callThrough(server, "many", 0, ["a", 1, "x"]);
  expect(many.at(-2)?.output?.data).toEqual(["Hello a "]);
});

test("waiting calls of a batch function run together, each with its own completion", async () => {
  const sizes: number[] = [];
  const held = gate();
  const shout = endpoint({
    apiName: "shout",
    batch: true,
    maxBatchSize: 3,
    inputs: [name],
    outputs: [out],
    run: async (names) => {
      sizes.push(names.length);
      await held.opened;
      return [Array.from(names, (item) => `${item}!`)];
    },
  });
  await using server = await createGradioServer({ endpoints: [shout] });
  const ids = [await join(server, "s", 0, ["a"])];
  const reader = await listen(server, "s");
  await reader.next(({ msg }) => msg === "process_starts");
  for (const value of ["b", "c"]) ids.push(await join(server, "s", 0, [value]));
  held.open();
  const results = (await reader.all()).filter(({ msg }) => msg === "process_completed");
  expect(sizes).toEqual([1, 2]);
  expect(
    results.map(({ event_id, output }) => [ids.indexOf(event_id ?? ""), output?.data]),
  ).toEqual([
    [0, ["a!"]],
    [1, ["b!"]],
    [2, ["c!"]],
  ]);
  expect(results[0]?.output?.["is_generating"]).toBeNull();
});

test("NaN and infinities are null on the stream", async () => {
  const odd = endpoint({
    apiName: "odd",
    inputs: [],
    outputs: [number()],
    run: () => Number.NaN,
  });
  await using server = await createGradioServer({ endpoints: [odd] });
  const messages = await callThrough(server, "s", 0, []);
  expect(messages.at(-2)?.output?.data).toEqual([null]);
});
