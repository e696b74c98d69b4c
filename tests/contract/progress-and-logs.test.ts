import type { JobUpdate } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { openGate } from "../harness/facts.js";
import { scenario } from "../harness/scenario.js";
import type { Server } from "../harness/server.js";

type LogUpdate = Extract<JobUpdate, { readonly type: "log" }>;

scenario("C31 every tick of progress arrives, in order", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/progress_at_gates", [tag]);
  const units: unknown[] = [];
  for await (const update of job.updates()) {
    if (update.type !== "progress") continue;
    // After the last gate nothing holds the app back: the job may be done when this is looked at.
    if (units.length < 5) {
      expect(job.status()).toMatchObject({ code: "PROGRESS", progressData: update.units });
    }
    units.push(update.units[0]);
    await openGate(server, `${tag} ${units.length - 1}`);
  }
  const unit = { index: undefined, length: undefined, progress: undefined, desc: undefined };
  const loop = { ...unit, length: 3, unit: "it", desc: "loop" };
  expect(units.slice(0, 5)).toEqual([
    { ...unit, index: 1, length: 4, unit: "u", desc: "step" },
    { ...unit, unit: "steps", progress: 0.5, desc: "half" },
    { ...loop, index: 0 },
    { ...loop, index: 1 },
    { ...loop, index: 2 },
  ]);
  expect(await job.result()).toBe("done");
});

scenario("C31 a reader that comes late sees the same progress", async (server) => {
  await using client = await connect(server);
  const tag = crypto.randomUUID();
  for (let gate = 0; gate < 5; gate += 1) await openGate(server, `${tag} ${gate}`);
  const job = client.submit("/progress_at_gates", [tag]);
  const readAll = async () => {
    const updates: JobUpdate[] = [];
    for await (const update of job.updates()) updates.push(update);
    return updates;
  };
  const early = readAll();
  await job.result();
  expect(await readAll()).toEqual(await early);
});

/** The app's messages, told by a call that sends one of each kind. */
async function logsOf(server: Server): Promise<LogUpdate[]> {
  await using client = await connect(server);
  const logs: LogUpdate[] = [];
  for await (const update of client.submit("/logs").updates()) {
    if (update.type === "log") logs.push(update);
  }
  return logs;
}

scenario("C32 the app's messages arrive, before the result", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/logs");
  const updates: JobUpdate[] = [];
  for await (const update of job.updates()) updates.push(update);
  expect(updates.filter(({ type }) => type === "log").slice(0, 2)).toMatchObject([
    { level: "info", message: "i" },
    { level: "warning", message: "w" },
  ]);
  const types = updates.map(({ type }) => type);
  expect(types.indexOf("output")).toBeGreaterThan(types.lastIndexOf("log"));
  expect(await job.result()).toBe("done");
});

scenario("C32 a message says how long and whether to show it", async (server) => {
  expect((await logsOf(server)).slice(0, 2)).toMatchObject([
    { level: "info", duration: 3, visible: false },
    { level: "warning", duration: undefined, visible: true },
  ]);
});

scenario("C32 a message has a title", async (server) => {
  expect((await logsOf(server)).slice(0, 2)).toMatchObject([
    { level: "info", title: "It" },
    { level: "warning", title: "Warning" },
  ]);
});

scenario("C32 a message of success", async (server) => {
  expect((await logsOf(server))[2]).toEqual({
    type: "log",
    level: "success",
    title: "Success",
    message: "s",
    duration: 10,
    visible: true,
  });
});

scenario("the facts of a call come in order", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/count", [3]);
  const updates: JobUpdate[] = [];
  for await (const update of job.updates()) updates.push(update);
  const types = updates.map(({ type }) => type);
  expect(types[0]).toBe("queued");
  expect(types.filter((type) => type !== "queued")).toEqual([
    "started",
    "output",
    "output",
    "output",
  ]);
  expect(updates.filter((update) => update.type === "output")).toEqual([
    { type: "output", value: 0, index: 0 },
    { type: "output", value: 1, index: 1 },
    { type: "output", value: 2, index: 2 },
  ]);
});

scenario("the status starts at STARTING and ends at FINISHED", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/greet", ["Ada"]);
  expect(job.status()).toMatchObject({ code: "STARTING", rank: undefined, success: undefined });
  expect(job.done()).toBe(false);
  await job.result();
  const status = job.status();
  expect(status).toMatchObject({ code: "FINISHED", success: true });
  expect(status.time).toBeInstanceOf(Date);
  expect(job.done()).toBe(true);
  expect(job.running()).toBe(false);
  expect(job.cancelled()).toBe(false);
});
