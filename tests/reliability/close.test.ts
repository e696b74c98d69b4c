import { createFaultProxy, fallSilent, loseAnswer, reset, stall } from "@gradio-kit/testing";
import { expect, inject, test } from "vitest";
import { openGate, until } from "../harness/facts.js";
import { runProgram } from "../harness/run-program.js";
import type { Server } from "../harness/server.js";

/** What the program `close-at` does before it closes its client. */
const moments = ["unused", "idle", "own", "reset", "joining", "running", "iterating", "uploading"];

const nothingLeft = { exitCode: 0, lines: ["[]"], errors: "" };

async function closeAt(server: Server, moment: string): Promise<void> {
  await using proxy = await createFaultProxy({ target: server.apps.main });
  const tag = crypto.randomUUID();
  try {
    expect(await runProgram("close-at", proxy.url, moment, tag)).toEqual(nothingLeft);
  } finally {
    await openGate(server, tag);
  }
  await until("no connection is left", () => proxy.connections === 0);
}

for (const server of inject("servers")) {
  test.each(moments)(`close() leaves nothing: %s [${server.name}]`, async (moment) => {
    await closeAt(server, moment);
  });

  test(`a client that is dropped without close() keeps no process alive [${server.name}]`, async () => {
    expect(await runProgram("drop-client", server.apps.main)).toEqual({
      exitCode: 0,
      lines: ["1"],
      errors: "",
    });
  });
}

/** The value comes, and then nothing more. */
const endless = () => fallSilent({ when: (text) => text.includes("process_completed") });

test.each([
  ["opens no event stream", "/queue/data", "joining", stall()],
  ["ends no event stream", "/queue/data", "idle", endless()],
  ["ends no event stream of a call of its own", "/queue/data", "own", endless()],
  ["ends no event stream of a replaced session", "/queue/data", "reset", endless()],
  ["takes no upload", "/upload", "uploading", stall()],
  ["has no heartbeat", /\/heartbeat\//, "idle", stall()],
  ["does not hear of a cancel", "/cancel", "iterating", stall()],
  ["never answers a call", "/queue/join", "waiting", stall()],
  ["loses the answer to a call", "/queue/join", "waiting", loseAnswer()],
  ["takes no call", "/queue/join", "waiting", reset()],
])("close() ends in bounded time when the server %s", async (_what, path, moment, fault) => {
  const server = inject("servers").at(-1);
  if (server === undefined) throw new Error("There is no server.");
  await using proxy = await createFaultProxy({ target: server.apps.main });
  proxy.inject({ path, fault });
  const tag = crypto.randomUUID();
  expect(await runProgram("close-at", proxy.url, moment, tag)).toEqual(nothingLeft);
  await openGate(server, tag);
});

test("connecting that is given up leaves nothing", async () => {
  await using proxy = await createFaultProxy({
    target: "http://127.0.0.1:9",
    rules: [{ fault: stall() }],
  });
  expect(await runProgram("abort-connect", proxy.url)).toEqual({
    exitCode: 0,
    lines: ["had enough"],
    errors: "",
  });
  await until("no connection is left", () => proxy.connections === 0);
});
