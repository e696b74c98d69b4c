import { Client } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { passThrough } from "../harness/pass-through.js";
import { scenario } from "../harness/scenario.js";

scenario("C64 an address works with and without a trailing slash", async (server) => {
  for (const src of [server.apps.main, `${server.apps.main}/`, new URL(server.apps.main)]) {
    await using client = await Client.connect(src, { verbose: false });
    expect(client.src).toBe(`${server.apps.main}/`);
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  }
});

scenario("C64 an address copied from a browser works with its query", async (server) => {
  await using client = await Client.connect(`${server.apps.main}/?__theme=dark`, {
    verbose: false,
  });
  expect(client.src).toBe(`${server.apps.main}/`);
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
});

scenario("C64 an app mounted below a path of another site works", async (server) => {
  for (const src of [server.apps.mounted, `${server.apps.mounted}/`]) {
    await using client = await Client.connect(src, { verbose: false });
    expect(client.src).toBe(`${server.apps.mounted}/`);
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  }
});

scenario("the app says what it is", async (server) => {
  await using client = await connect(server);
  expect(client.config.version).toBe(server.version);
  const config = (await (await fetch(`${server.apps.main}/config`)).json()) as object;
  // Gradio 3 does not say that it speaks over WebSockets.
  expect(client.config.protocol).toBe("protocol" in config ? config.protocol : "ws");
  expect(client.config.title).toBe("gradio-kit tests");
  expect(client.spaceId).toBeUndefined();
});

scenario("connecting asks for each description once", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  expect(client.endpoints.length).toBeGreaterThan(10);
  expect(relay.to("/config")).toHaveLength(1);
  // It may look in two places: where they are differs between versions.
  const places = relay.to("/info").map(({ path }) => path);
  expect(places.length).toBeGreaterThan(0);
  expect(new Set(places).size).toBe(places.length);
});

scenario("endpoints are listed in the app's order", async (server) => {
  await using client = await connect(server);
  const names = client.endpoints.map(({ apiName }) => apiName);
  expect(names.slice(0, 5)).toEqual(["/facts", "/open_gate", "/greet", "/calculator", "/defaults"]);
});

scenario("verbose says through `log` which app was loaded", async (server) => {
  const lines: string[] = [];
  await using client = await Client.connect(server.apps.main, { log: (line) => lines.push(line) });
  expect(lines).toEqual([`Loaded as API: ${client.src}`]);
});

scenario("verbose: false says nothing", async (server) => {
  const lines: string[] = [];
  await using client = await Client.connect(server.apps.main, {
    verbose: false,
    log: (line) => lines.push(line),
  });
  await client.predict("/greet", ["Ada"]);
  expect(lines).toEqual([]);
});

scenario("the caller's own fetch is used", async (server) => {
  const asked: string[] = [];
  await using client = await connect(server, "main", {
    fetch: (input, init) => {
      asked.push(new Request(input, init).url);
      return fetch(input, init);
    },
  });
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  expect(asked.some((url) => url.endsWith("/config"))).toBe(true);
  // Gradio 3 is called over a WebSocket.
  const isFetched = client.config.protocol !== "ws";
  expect(asked.some((url) => url.includes("/queue/join"))).toBe(isFetched);
});
