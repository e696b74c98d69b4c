import { createGradioServer, endpoint, number, textbox } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { ask, cancel, gate, join, listen, type Message } from "./support/wire.js";

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

const forever = endpoint({
  apiName: "forever",
  concurrencyLimit: null,
  inputs: [],
  outputs: [number()],
  run: async function* () {
    for (let value = 1; ; value += 1) {
      await pause();
      yield value;
    }
  },
});

const completes = (eventId: string) => (message: Message) =>
  message.msg === "process_completed" && message.event_id === eventId;
const starts = (eventId: string) => (message: Message) =>
  message.msg === "process_starts" && message.event_id === eventId;
const yields = (eventId: string) => (message: Message) =>
  message.msg === "process_generating" && message.event_id === eventId;

test("cancelling a running call completes it with an empty output", async () => {
  await using server = await createGradioServer({ endpoints: [forever] });
  const eventId = await join(server, "s", 0, []);
  const reader = await listen(server, "s");
  await reader.next(yields(eventId));
  const answer = await cancel(server, "s", 0, eventId);
  expect([answer.status, answer.json()]).toEqual([200, { success: true }]);
  const last = (await reader.all()).slice(-2);
  expect(last).toEqual([
    expect.objectContaining({ msg: "process_completed", output: {}, success: true }),
    { msg: "close_stream", event_id: null },
  ]);
});

test("cancelling kills the siblings of the same function, silently", async () => {
  const closed: string[] = [];
  const named = endpoint({
    apiName: "named",
    concurrencyLimit: null,
    outputs: [number()],
    inputs: [textbox()],
    run: async function* (name, { signal }) {
      try {
        for (;;) {
          await pause();
          yield signal.aborted ? 0 : 1;
        }
      } finally {
        closed.push(name);
      }
    },
  });
  await using server = await createGradioServer({ endpoints: [named] });
  const [a, b] = [await join(server, "s", 0, ["a"]), await join(server, "s", 0, ["b"])];
  const reader = await listen(server, "s");
  await reader.next(yields(a));
  await reader.next(yields(b));
  await cancel(server, "s", 0, a);
  await server.until(() => closed.length === 2);
  await reader.next(completes(a));
  expect(server.session("s").pendingEvents).toEqual([b]);
  expect(reader.messages.some(completes(b))).toBe(false);
  expect((await ask(server, "POST", `/gradio_api/stream/${b}/close`)).status).toBe(404);
});

test("a call that waits leaves the queue and never runs", async () => {
  const held = gate();
  const ran: string[] = [];
  const hold = endpoint({
    apiName: "hold",
    inputs: [textbox()],
    outputs: [],
    run: async (name) => {
      ran.push(name);
      await held.opened;
    },
  });
  await using server = await createGradioServer({ endpoints: [hold] });
  await join(server, "s", 0, ["first"]);
  const reader = await listen(server, "s");
  await reader.next(({ msg }) => msg === "process_starts");
  const waiting = await join(server, "s", 0, ["second"]);
  await cancel(server, "s", -1, waiting);
  expect(await reader.next(completes(waiting))).toMatchObject({ output: {}, success: true });
  held.open();
  expect(await reader.ended).toBe("clean");
  expect(ran).toEqual(["first"]);
});

test("a plain function cancelled by its index makes room at once, by -1 when it ends", async () => {
  const gates = [gate(), gate(), gate()];
  const hold = endpoint({
    apiName: "hold",
    inputs: [number()],
    outputs: [number()],
    run: async (index) => {
      await gates[index]?.opened;
      return index;
    },
  });
  await using server = await createGradioServer({ endpoints: [hold] });
  const ids: string[] = [];
  for (const index of [0, 1, 2]) ids.push(await join(server, "s", 0, [index]));
  const [a = "", b = "", c = ""] = ids;
  const reader = await listen(server, "s");
  await reader.next(starts(a));
  await cancel(server, "s", 0, a);
  await reader.next(completes(a));
  await reader.next(starts(b));
  await cancel(server, "s", -1, b);
  await reader.next(completes(b));
  expect(reader.messages.some(starts(c))).toBe(false);
  gates[1]?.open();
  gates[2]?.open();
  const messages = await reader.all();
  expect(messages.filter(completes(a)).map(({ output }) => output)).toEqual([{}]);
  expect(messages.filter(completes(b)).map(({ output }) => output?.data)).toEqual([undefined, [1]]);
  expect(messages.findLast(completes(c))?.output?.data).toEqual([2]);
  gates[0]?.open();
});

// Seen on Gradio 6.31.0: nobody is left waiting, but the generator is not stopped either.
test("cancelling by event id alone starts an async generator all over, siblings go on", async () => {
  await using server = await createGradioServer({ endpoints: [forever] });
  const [a, b] = [await join(server, "s", 0, []), await join(server, "s", 0, [])];
  const reader = await listen(server, "s");
  await reader.next(yields(a));
  await reader.next(yields(b));
  await cancel(server, "s", -1, a);
  expect(await reader.next(completes(a))).toMatchObject({ output: {}, success: true });
  const valuesOf = (eventId: string) =>
    reader.messages.filter(yields(eventId)).map(({ output }) => output?.data?.[0]);
  await server.until(() => valuesOf(a).filter((value) => value === 1).length === 2);
  const seenOfB = valuesOf(b).length;
  await server.until(() => valuesOf(b).length > seenOfB);
  expect(server.session("s").pendingEvents).toEqual([b]);
  await cancel(server, "s", 0, b);
  await reader.next(completes(b));
  expect(await reader.ended).toBe("clean");
});

test("cancelling by event id alone ends a sync generator with a second completion", async () => {
  const counter = endpoint({
    apiName: "counter",
    inputs: [],
    outputs: [number()],
    run: function* () {
      for (let value = 1; ; value += 1) yield value;
    },
  });
  await using server = await createGradioServer({ endpoints: [counter, forever] });
  await join(server, "s", 1, []);
  const eventId = await join(server, "s", 0, []);
  const reader = await listen(server, "s");
  await reader.next(yields(eventId));
  await cancel(server, "s", -1, eventId);
  await server.until(() => reader.messages.filter(completes(eventId)).length === 2);
  const [first, second] = reader.messages.filter(completes(eventId));
  expect(first?.output).toEqual({});
  expect(second?.output?.data).toEqual([expect.any(Number)]);
});

test("cancelling needs all three names, and is harmless for what is not there", async () => {
  await using server = await createGradioServer({ endpoints: [forever] });
  const json = { session_hash: "s", fn_index: null, event_id: null };
  const incomplete = await ask(server, "POST", "/gradio_api/cancel", { json });
  expect(incomplete.status).toBe(422);
  const unknown = await cancel(server, "nobody", 0, "nothing");
  expect(unknown.json()).toEqual({ success: true });
  const reset = await ask(server, "POST", "/gradio_api/reset", { json: { event_id: "e" } });
  expect(reset.json()).toEqual({ success: true });
});
