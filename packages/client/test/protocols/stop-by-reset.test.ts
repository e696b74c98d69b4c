import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import {
  completed,
  components,
  dependency,
  generating,
  json,
  startApp,
  stream,
  type Script,
  type ScriptedApp,
} from "./scripted-app.js";

const generator = { types: { generator: true } };

/** An app of Gradio 4.20 whose jobs do what the test says; its streams are listed as they come. */
class OldApp {
  readonly streams: ServerResponse[] = [];
  readonly script: Script;
  #jobs = 0;

  constructor(...dependencies: object[]) {
    this.script = {
      config: { version: "4.20.1", protocol: "sse_v2", components, dependencies },
      routes: {
        "/queue/join": (response) => {
          json(response, { event_id: `job${this.#jobs}` });
          this.#jobs += 1;
        },
        "/queue/data": (response) => {
          stream(response);
          this.streams.push(response);
        },
        "/reset": (response) => json(response, { success: true }),
        "/api/predict/": (response) => json(response, { data: [] }),
      },
    };
  }

  /** Says something about a job, by its number. */
  async tell(job: number, message: object): Promise<void> {
    await expect.poll(() => this.streams.length, { interval: 2 }).toBeGreaterThan(0);
    const response = this.streams.at(-1);
    response?.write(`data: ${JSON.stringify({ ...message, event_id: `job${job}` })}\n\n`);
  }
}

const starts = { msg: "process_starts" };
const waits = { msg: "estimation", rank: 0, queue_size: 1, rank_eta: null };

describe("Gradio 4.9 to 4.30", () => {
  it("ends a generator by its id, and its sibling goes on", async () => {
    const old = new OldApp(dependency("count", generator));
    await using app = await startApp(old.script);
    const first = app.client.submit("/count", ["a"]);
    await old.tell(0, generating("1"));
    await first.first();
    const second = app.client.submit("/count", ["b"]);
    await app.until(() => app.received.filter(({ path }) => path === "/queue/join").length === 2);
    expect(await first.cancel()).toBe(true);
    expect((await app.until(({ path }) => path === "/reset")).body).toEqual({ event_id: "job0" });
    await old.tell(1, completed("2"));
    expect(await second.result()).toBe("2");
  });

  it("ends a generator that has not yielded when it does", async () => {
    const old = new OldApp(dependency("count", generator), dependency("other"));
    await using app = await startApp(old.script);
    const job = app.client.submit("/count", ["a"]);
    await old.tell(0, starts);
    await expect.poll(() => job.status().code, { interval: 2 }).toBe("PROCESSING");
    const other = app.client.submit("/other", ["b"]);
    await app.until(() => app.received.filter(({ path }) => path === "/queue/join").length === 2);
    expect(await job.cancel()).toBe(true);
    expect(app.received.some(({ path }) => path === "/reset")).toBe(false);
    await old.tell(0, generating("1"));
    expect((await app.until(({ path }) => path === "/reset")).body).toEqual({ event_id: "job0" });
    await old.tell(1, completed("2"));
    expect(await other.result()).toBe("2");
  });

  it("ends a function by the app's own event that cancels least else", async () => {
    const old = new OldApp(
      dependency("work"),
      dependency(null, { inputs: [], outputs: [], cancels: [0, 3] }),
      dependency(null, { inputs: [], outputs: [], cancels: [0] }),
      dependency("other"),
    );
    await using app = await startApp(old.script);
    const job = app.client.submit("/work", ["a"]);
    await old.tell(0, starts);
    await expect.poll(() => job.status().code, { interval: 2 }).toBe("PROCESSING");
    expect(await job.cancel()).toBe(true);
    const { body } = await app.until(({ path }) => path === "/api/predict/");
    expect(body).toEqual({ data: [], fn_index: 2, session_hash: app.client.sessionHash });
  });

  it("leaves a function alone when its event would end one that is wanted", async () => {
    const old = new OldApp(
      dependency("work"),
      dependency(null, { inputs: [], outputs: [], cancels: [0] }),
    );
    await using app = await startApp(old.script);
    const [first, second] = [app.client.submit("/work", ["a"]), app.client.submit("/work", ["b"])];
    await app.until(() => app.received.filter(({ path }) => path === "/queue/join").length === 2);
    await old.tell(0, starts);
    await old.tell(1, starts);
    await expect.poll(() => second.status().code, { interval: 2 }).toBe("PROCESSING");
    expect(await first.cancel()).toBe(true);
    await old.tell(1, completed("b"));
    expect(await second.result()).toBe("b");
    expect(app.received.some(({ path }) => path === "/api/predict/")).toBe(false);
  });

  it("drops the session's stream to take the last jobs out of the queue", async () => {
    const old = new OldApp(dependency("work"));
    await using app = await startApp(old.script);
    const opened = await cancelInQueue(app, old);
    expect(opened.destroyed).toBe(true);
    // The server has noticed: it does not know the session any more.
    const message = "404: Session not found.";
    await expect.poll(() => old.streams.length, { interval: 2 }).toBe(2);
    old.streams[1]?.end(`data: ${JSON.stringify({ msg: "unexpected_error", message })}\n\n`);
    const next = app.client.submit("/work", ["c"]);
    await expect.poll(() => old.streams.length, { interval: 2 }).toBe(3);
    await old.tell(2, completed("c"));
    expect(await next.result()).toBe("c");
  });

  it("ends what a server has kept that does not notice a dropped stream", async () => {
    const old = new OldApp(
      dependency("count", generator),
      dependency(null, { inputs: [], outputs: [], cancels: [0] }),
    );
    await using app = await startApp(old.script);
    await cancelInQueue(app, old, "/count");
    await expect.poll(() => old.streams.length, { interval: 2 }).toBe(2);
    await old.tell(0, starts);
    await app.until(({ path }) => path === "/api/predict/");
    await old.tell(1, generating("1"));
    expect((await app.until(({ path }) => path === "/reset")).body).toEqual({ event_id: "job1" });
  });
});

/** Cancels two calls that wait in the queue: the first one alone changes nothing. Gives the stream. */
async function cancelInQueue(
  app: ScriptedApp,
  old: OldApp,
  name = "/work",
): Promise<ServerResponse> {
  const jobs = [app.client.submit(name, ["a"]), app.client.submit(name, ["b"])] as const;
  await app.until(() => app.received.filter(({ path }) => path === "/queue/join").length === 2);
  await old.tell(0, waits);
  await old.tell(1, waits);
  for (const job of jobs) {
    await expect.poll(() => job.status().code, { interval: 2 }).toBe("IN_QUEUE");
  }
  const [opened] = old.streams as [ServerResponse];
  const closed = new Promise((resolve) => opened.once("close", resolve));
  expect(await jobs[0].cancel()).toBe(true);
  expect(opened.destroyed).toBe(false);
  expect(await jobs[1].cancel()).toBe(true);
  await closed;
  return opened;
}
