import { createGradioServer, endpoint, number, state, textbox } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { ask, callThrough, gate, join, listen, listenTo } from "./support/wire.js";

function tally() {
  const total = state(0);
  return endpoint({
    apiName: "tally",
    inputs: [number("Step", { name: "step" }), total],
    outputs: [number(), total],
    run: (step, before) => [before + step, before + step],
  });
}

test("State is kept per session, starts from its own copy, and never travels", async () => {
  await using server = await createGradioServer({ endpoints: [tally()] });
  const result = async (sessionHash: string, step: number) =>
    (await callThrough(server, sessionHash, 0, [step, 99])).at(-2)?.output?.data;
  expect(await result("a", 2)).toEqual([2, null]);
  expect(await result("a", 3)).toEqual([5, null]);
  expect(await result("b", 1)).toEqual([1, null]);
  expect(server.session("a").state).toEqual([5]);
});

test("when the heartbeat ends the state is freed and unload is told", async () => {
  const unloaded: string[] = [];
  await using server = await createGradioServer({
    endpoints: [tally()],
    heartbeatInterval: 5,
    stateLifetime: 0,
    unload: (sessionHash) => unloaded.push(sessionHash),
  });
  const config = (await ask(server, "GET", "/config")).json() as { connect_heartbeat: boolean };
  expect(config.connect_heartbeat).toBe(true);
  await callThrough(server, "s", 0, [2, null]);
  const heartbeat = await listenTo(server, "/gradio_api/heartbeat/s");
  await server.until(() => heartbeat.frames.length >= 3);
  expect(new Set(heartbeat.frames)).toEqual(new Set(["data: ALIVE"]));
  expect(server.session("s")).toMatchObject({ heartbeats: 1, state: [2], closed: false });
  heartbeat.drop();
  await server.until(() => server.session("s").state.length === 0);
  expect(unloaded).toEqual(["s"]);
  expect(server.session("s").heartbeats).toBe(0);
});

test("state outlives the heartbeat for its lifetime, marked as closed", async () => {
  await using server = await createGradioServer({ endpoints: [tally()] });
  await callThrough(server, "s", 0, [2, null]);
  const heartbeat = await listenTo(server, "/gradio_api/heartbeat/s");
  heartbeat.drop();
  await server.until(() => server.session("s").closed);
  expect((await callThrough(server, "s", 0, [2, null])).at(-2)?.output?.data).toEqual([4, null]);
});

test("a dropped stream deletes what waits and mutes what runs", async () => {
  const held = gate();
  const ran: string[] = [];
  const yielded: number[] = [];
  const hold = endpoint({
    apiName: "hold",
    inputs: [textbox()],
    outputs: [],
    run: async (name) => {
      ran.push(name);
      if (name === "first") await held.opened;
    },
  });
  const stream = endpoint({
    apiName: "stream",
    inputs: [],
    outputs: [number()],
    run: async function* () {
      for (let value = 0; ; value += 1) {
        yielded.push(value);
        yield value;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  });
  await using server = await createGradioServer({ endpoints: [hold, stream] });
  const running = await join(server, "s", 0, ["first"]);
  const waiting = await join(server, "s", 0, ["never"]);
  const generator = await join(server, "s", 1, []);
  const reader = await listen(server, "s");
  await reader.next(({ msg }) => msg === "process_generating");
  await reader.next(({ msg, event_id }) => msg === "process_starts" && event_id === running);
  const exists = async (eventId: string) =>
    (await ask(server, "POST", `/gradio_api/stream/${eventId}/close`)).status === 200;
  expect(await exists(waiting)).toBe(true);
  reader.drop();
  await server.until(() => !server.session("s").hasMailbox);
  expect([await exists(running), await exists(waiting)]).toEqual([true, false]);
  const again = await listen(server, "s");
  expect(await again.ended).toBe("broken");
  expect(again.messages[0]).toMatchObject({ msg: "unexpected_error", session_not_found: true });

  const countBefore = yielded.length;
  held.open();
  await server.until(() => server.requests.every(({ ended }) => ended));
  // The drop leaves the ids of what was running: a later call never sees close_stream.
  const later = await join(server, "s", 0, ["later"]);
  const last = await listen(server, "s");
  await last.next(({ msg, event_id }) => msg === "process_completed" && event_id === later);
  expect(server.session("s").pendingEvents.toSorted()).toEqual([running, generator].toSorted());
  expect(last.messages.some(({ msg }) => msg === "close_stream")).toBe(false);
  expect(ran).toEqual(["first", "later"]);
  expect(yielded.length - countBefore).toBeLessThanOrEqual(1);
  last.drop();
});

test("two readers of a session split its messages", async () => {
  const next = gate();
  const pair = endpoint({
    apiName: "pair",
    inputs: [],
    outputs: [number()],
    run: async function* () {
      yield 1;
      await next.opened;
      yield 2;
    },
  });
  await using server = await createGradioServer({ endpoints: [pair] });
  await join(server, "s", 0, []);
  const first = await listen(server, "s");
  await first.next(({ msg }) => msg === "process_generating");
  const second = await listen(server, "s");
  await server.until(() => server.session("s").readers === 2);
  next.open();
  await server.until(() => first.frames.length + second.frames.length === 6);
  const kinds = [...first.messages, ...second.messages].map(({ msg }) => msg);
  expect(kinds.toSorted()).toEqual([
    "close_stream",
    "estimation",
    "process_completed",
    "process_generating",
    "process_generating",
    "process_starts",
  ]);
  expect(second.messages.length).toBeGreaterThan(0);
  expect(first.messages.length).toBeGreaterThan(3);
});

test("an idle stream gets heartbeats and serves the next call", async () => {
  await using server = await createGradioServer({ endpoints: [tally()], heartbeatInterval: 5 });
  await callThrough(server, "s", 0, [1, null]);
  const idle = await listen(server, "s");
  await idle.next(({ msg }) => msg === "heartbeat");
  await join(server, "s", 0, [1, null]);
  expect(await idle.ended).toBe("clean");
  expect(idle.messages.at(-1)).toEqual({ msg: "close_stream", event_id: null });
});

test("a stopped queue ends open streams with an error", async () => {
  await using server = await createGradioServer({ endpoints: [tally()], heartbeatInterval: 5 });
  await callThrough(server, "s", 0, [1, null]);
  const idle = await listen(server, "s");
  await idle.next(({ msg }) => msg === "heartbeat");
  server.stopQueue();
  const last = await idle.next(({ msg }) => msg === "unexpected_error");
  expect(last).toMatchObject({ message: "Server stopped unexpectedly.", session_not_found: false });
});
