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
} from "./scripted-app.js";

const generator = { types: { generator: true } };

/** What a server of Gradio 4.0 says of itself. */
function configOf(...dependencies: object[]): object {
  return { version: "4.0.2", protocol: "sse", enable_queue: true, components, dependencies };
}

/** As the server: a place in the queue, the question for the data, and the answer of the test. */
function routes(
  answer: (send: (message: object) => void, end: () => void, data: unknown[]) => void,
): NonNullable<Script["routes"]> {
  const open: { send: (message: object) => void; end: () => void }[] = [];
  return {
    "/queue/join": (response) => {
      const send = stream(response);
      open.push({ send, end: () => response.end() });
      send({ msg: "estimation", rank: 0, queue_size: 1, rank_eta: null });
      send({ msg: "send_data", event_id: `event${open.length - 1}` });
    },
    "/queue/data": (response, { body }) => {
      json(response, null);
      const { event_id, data } = body as { event_id: string; data: unknown[] };
      const place = open[Number(event_id.slice("event".length))];
      if (place === undefined) return;
      place.send({ msg: "process_starts" });
      answer(place.send, place.end, data);
    },
    "/reset": (response) => json(response, { success: true }),
  };
}

describe("Gradio 4.0 to 4.8", () => {
  it("gets the data when it asks for them", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo", generator)),
      routes: routes((send, end, data) => {
        send({ msg: "heartbeat" });
        send(generating("a"));
        send(generating("ab"));
        send(completed(data[0]));
        end();
      }),
    });
    const job = app.client.submit("/echo", ["ab"]);
    const values: unknown[] = [];
    for await (const value of job) values.push(value);
    expect(values).toEqual(["a", "ab"]);
    const { sessionHash } = app.client;
    expect(app.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /queue/join?fn_index=0&session_hash=${sessionHash}`,
      "POST /queue/data",
    ]);
    expect(app.received[1]?.body).toMatchObject({ fn_index: 0, session_hash: sessionHash });
  });

  it("gets them with the address where a call does not wait, unless they are long", async () => {
    const asked = routes((send, end, data) => {
      send(completed(data[0]));
      end();
    });
    await using app = await startApp(
      {
        config: configOf(dependency("now", { queue: false })),
        // The first route that fits answers.
        routes: {
          "/queue/join?fn_index=0&session_hash=s&data=": (response) => {
            stream(response)(completed("short"));
            response.end();
          },
          ...asked,
        },
      },
      { sessionHash: "s" },
    );
    expect(await app.client.predict("/now", ["ü&"])).toBe("short");
    expect(app.received[0]?.path).toContain("data=%5B%22%C3%BC%26%22%5D");
    expect(await app.client.predict("/now", ["x".repeat(3000)])).toBe("x".repeat(3000));
    expect(app.received[1]?.path).toBe("/queue/join?fn_index=0&session_hash=s");
  });

  it("is full when it says so", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      routes: {
        "/queue/join": (response) => {
          stream(response)({ msg: "queue_full" });
          response.end();
        },
      },
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({ code: "QUEUE_FULL" });
  });

  it("has lost a call when its stream ends without an end of the call", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      routes: routes((_send, end) => end()),
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      mayHaveRun: true,
    });
  });

  it("has not run a call when its stream ends before it has the data", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      routes: {
        "/queue/join": (response) => {
          stream(response)({ msg: "estimation", rank: 0, queue_size: 1, rank_eta: null });
          response.end();
        },
      },
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      mayHaveRun: false,
      retryable: true,
    });
  });

  it("fails a call whose data it does not take", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      routes: {
        ...routes(() => undefined),
        "/queue/data": (response) => json(response, { detail: "no" }, 500),
      },
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({ code: "HTTP_500" });
  });

  it("ends a generator that has yielded by its id", async () => {
    await using app = await startApp({
      config: configOf(dependency("count", generator)),
      routes: routes((send) => send(generating("1"))),
    });
    const job = app.client.submit("/count", ["x"]);
    await job.first();
    expect(await job.cancel()).toBe(true);
    const { body } = await app.until(({ path }) => path === "/reset");
    expect(body).toEqual({ event_id: "event0" });
  });

  it("ends a generator that has not yielded as soon as it does", async () => {
    let yieldNow: (() => void) | undefined;
    await using app = await startApp({
      config: configOf(dependency("count", generator)),
      routes: routes((send) => {
        yieldNow = () => send(generating("1"));
      }),
    });
    const job = app.client.submit("/count", ["x"]);
    await expect.poll(() => job.status().code, { interval: 2 }).toBe("PROCESSING");
    expect(await job.cancel()).toBe(true);
    yieldNow?.();
    await app.until(({ path }) => path === "/reset");
  });

  it("gets too few data for a call that was cancelled in the queue, so that it never runs", async () => {
    let ask: (() => void) | undefined;
    await using app = await startApp({
      config: configOf(dependency("work")),
      routes: {
        ...routes(() => undefined),
        "/queue/join": (response) => {
          const send = stream(response);
          send({ msg: "estimation", rank: 1, queue_size: 2, rank_eta: null });
          ask = () => send({ msg: "send_data", event_id: "event0" });
        },
      },
    });
    const job = app.client.submit("/work", ["x"]);
    await expect.poll(() => job.status().code, { interval: 2 }).toBe("IN_QUEUE");
    expect(await job.cancel()).toBe(true);
    ask?.();
    const { body } = await app.until(({ path }) => path === "/queue/data");
    expect(body).toMatchObject({ event_id: "event0", data: [] });
  });
});
