import { Client, handleFile } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { passThrough } from "../harness/pass-through.js";
import { scenario } from "../harness/scenario.js";

interface SeenByApp {
  readonly headers: Readonly<Record<string, string>>;
  readonly session: string;
}

scenario("C62 the app sees the caller's headers", async (server) => {
  const headers = Object.freeze({ "x-from": "client", "x-kept": "yes" });
  await using client = await connect(server, "main", { headers });
  const seen = (await client.predict("/request")) as SeenByApp;
  expect(seen.headers).toMatchObject({ "x-from": "client", "x-kept": "yes" });
  const call = Object.freeze({ "X-From": "call" });
  const overridden = (await client.predict("/request", [], { headers: call })) as SeenByApp;
  expect(overridden.headers).toMatchObject({ "x-from": "call", "x-kept": "yes" });
  const after = (await client.predict("/request")) as SeenByApp;
  expect(after.headers["x-from"]).toBe("client");
});

scenario("C62 the app sees that a client calls", async (server) => {
  await using client = await connect(server);
  const seen = (await client.predict("/request")) as SeenByApp;
  expect(seen.headers["x-gradio-user"]).toBe("api");
});

scenario("C62 the kind of a call's content is sent once", async (server) => {
  await using client = await connect(server);
  const seen = (await client.predict("/request")) as SeenByApp;
  expect(seen.headers["content-type"]).toBe("application/json");
});

scenario("C62 the app sees the session", async (server) => {
  await using client = await connect(server);
  const seen = (await client.predict("/request")) as SeenByApp;
  expect(seen.session).toBe(client.sessionHash);
});

scenario("C62 the caller's headers go with every request", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, {
    verbose: false,
    headers: { "x-from": "client" },
    downloadFiles: false,
  });
  const upload = handleFile(Buffer.from("x"), { name: "x.txt" });
  const result = await client.predict("/echo_file", [upload]);
  await (result as { text(): Promise<string> }).text();
  // Gradio 3 is called over a WebSocket, which is opened by a single request.
  const calls = client.config.protocol === "ws" ? ["/queue/join"] : ["/queue/join", "/queue/data"];
  for (const part of ["/config", "/info", "/upload", ...calls, "/file="]) {
    const requests = relay.to(part);
    expect(requests.length, part).toBeGreaterThan(0);
    for (const { headers } of requests) expect(headers["x-from"], part).toBe("client");
  }
});

scenario("C62 a header of the caller replaces the client's own", async (server) => {
  await using client = await connect(server, "main", { headers: { "user-agent": "mine/1.0" } });
  const seen = (await client.predict("/request")) as SeenByApp;
  expect(seen.headers["user-agent"]).toBe("mine/1.0");
});

scenario("C65 event data reaches the app", async (server) => {
  await using client = await connect(server);
  const eventData = { foo: 1 };
  expect(await client.predict("/event_data", [], { eventData })).toEqual(eventData);
  expect(await client.submit("/event_data", [], { eventData }).result()).toEqual(eventData);
});

scenario("result callbacks get the outputs, in order, and only of a success", async (server) => {
  await using client = await connect(server);
  const calls: unknown[][] = [];
  const resultCallbacks = [
    (...outputs: unknown[]) => void calls.push(["first", ...outputs]),
    (...outputs: unknown[]) => void calls.push(["second", ...outputs]),
  ];
  await client.predict("/two", [], { resultCallbacks });
  expect(calls).toEqual([
    ["first", 1, "x"],
    ["second", 1, "x"],
  ]);
  await client.predict("/one", [], {
    resultCallbacks: (value: unknown) => void calls.push([value]),
  });
  expect(calls.at(-1)).toEqual([1]);
  const job = client.submit("/value_error", [], { resultCallbacks });
  await job.result().catch(() => {});
  expect(calls).toHaveLength(3);
});
