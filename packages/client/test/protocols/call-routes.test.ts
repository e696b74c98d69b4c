import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { components, dependency, json, missing, startApp, type Script } from "./scripted-app.js";

function configOf(...dependencies: object[]): object {
  return { version: "6.31.0", protocol: "sse_v3", components, dependencies };
}

/** The queue is closed, `/call/echo` is open: its stream says what the test has. */
function routes(events: string): NonNullable<Script["routes"]> {
  return {
    "/queue/": (response) => json(response, { detail: "Forbidden" }, 403),
    "/call/echo/job1": (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(events);
    },
    "/call/echo": (response) => json(response, { event_id: "job1" }),
    "/cancel": (response) => json(response, { success: true }),
  };
}

const config = configOf(
  dependency("echo", { id: 4, types: { generator: true } }),
  dependency(null, { id: 5 }),
);

describe("an app whose queue is closed", () => {
  it("is called over its simple route, and says so once", async () => {
    const told: string[] = [];
    const events = [
      "event: heartbeat\ndata: null\n\n",
      'event: generating\ndata: ["a"]\n\n',
      'event: generating\ndata: [{"n": NaN, "t": "NaN \\" -Infinity", "l": [-Infinity, Infinity]}]\n\n',
      'event: complete\ndata: ["ab"]\n\n',
    ];
    await using app = await startApp(
      { config, routes: routes(events.join("")) },
      { verbose: true, log: (message) => told.push(message) },
    );
    const job = app.client.submit("/echo", ["x"]);
    const values: unknown[] = [];
    for await (const value of job) values.push(value);
    expect(values).toEqual(["a", { n: null, t: 'NaN " -Infinity', l: [null, null] }]);
    expect(await job.result()).toBe("ab");
    expect(await app.client.predict("/echo", ["x"])).toBe("ab");
    expect(told.filter((line) => line.includes("queue is closed"))).toHaveLength(1);
    const paths = app.received.map(({ path }) => path);
    expect(paths.filter((path) => path === "/queue/join")).toHaveLength(1);
    expect(app.received.find(({ path }) => path === "/call/echo")?.body).toEqual({ data: ["x"] });
  });

  it("tells the error of its function, or that it does not tell", async () => {
    const error = { error: "too bad", title: "No", duration: 3, visible: true };
    const told = `event: error\ndata: ${JSON.stringify(error)}\n\n`;
    await using app = await startApp({ config, routes: routes(told) });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
      name: "AppError",
      message: "too bad",
      title: "No",
    });
    await using silent = await startApp({ config, routes: routes("event: error\ndata: null\n\n") });
    await expect(silent.client.predict("/echo", ["x"])).rejects.toMatchObject({
      name: "AppError",
      message: expect.stringContaining("does not tell why") as string,
    });
  });

  it("is called by the names of its inputs where only that is open", async () => {
    const open = routes('event: complete\ndata: ["v2"]\n\n');
    await using app = await startApp({
      config,
      routes: {
        "/queue/": open["/queue/"] as never,
        "/call/v2/echo/job1": open["/call/echo/job1"] as never,
        "/call/v2/echo": open["/call/echo"] as never,
      },
    });
    expect(await app.client.predict("/echo", { text: "x" })).toBe("v2");
    expect(app.received.find(({ path }) => path === "/call/v2/echo")?.body).toEqual({ text: "x" });
  });

  it("is cancelled in the session that the call has to itself", async () => {
    let opened: ServerResponse | undefined;
    await using app = await startApp({
      config,
      routes: {
        ...routes(""),
        "/call/echo/job1": (response: ServerResponse) => {
          opened = response;
          response.writeHead(200, { "content-type": "text/event-stream" });
          response.write('event: generating\ndata: ["a"]\n\n');
        },
      },
    });
    const job = app.client.submit("/echo", ["x"]);
    await job.first();
    const closed = new Promise((resolve) => opened?.once("close", resolve));
    expect(await job.cancel()).toBe(true);
    const { body } = await app.until(({ path }) => path === "/cancel");
    expect(body).toEqual({ session_hash: "job1", fn_index: 4, event_id: "job1" });
    await closed;
  });

  it("refuses as the queue did where nothing else is open, or the function has no name", async () => {
    await using app = await startApp({
      config,
      routes: {
        "/queue/": (response) => json(response, { detail: "queue" }, 405),
        "/call/": missing,
      },
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({ code: "HTTP_405" });
    await expect(app.client.predict(5, ["x"])).rejects.toMatchObject({ code: "HTTP_405" });
    expect(app.received.filter(({ path }) => path.startsWith("/call/"))).toHaveLength(2);
  });
});
