import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Client } from "../../src/node.js";
import type { ClientOptions } from "../../src/options.js";
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
} from "../protocols/scripted-app.js";

const config = {
  version: "6.31.0",
  protocol: "sse_v3",
  api_prefix: "/gradio_api",
  components,
  dependencies: [dependency("say", { id: 0 }), dependency("edit", { id: 1 })],
};

/** An app whose stream brings these messages to the call, whatever they are, as raw text. */
function app(messages: readonly string[], options: ClientOptions = {}): Promise<ScriptedApp> {
  return startApp(
    {
      config,
      routes: {
        "/gradio_api/queue/join": (response) => json(response, { event_id: "e" }),
        "/gradio_api/queue/data": (response) => {
          stream(response);
          for (const message of messages) response.write(message);
        },
      },
    },
    options,
  );
}

const event = (message: object): string =>
  `data: ${JSON.stringify({ ...message, event_id: "e" })}\n\n`;

/** `completed`, with a value that is already JSON. */
const raw = (value: string): string =>
  `data: {"msg":"process_completed","event_id":"e","success":true,"output":{"data":[${value}]}}\n\n`;

describe("an answer that is too large", () => {
  it("ends a call with a ProtocolError as the cause, when a message has no end", async () => {
    const endless = Array.from({ length: 40 }, () => "x".repeat(100_000));
    await using hostile = await app(['data: "', ...endless], {
      http: { maxResponseSize: 1_000_000 },
    });
    await expect(hostile.client.predict("/say", ["a"])).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      cause: { name: "ProtocolError", code: "UNEXPECTED_MESSAGE" },
    });
  });

  it("is no matter of many messages that are each small enough", async () => {
    const values = Array.from({ length: 30 }, () => event(generating("x".repeat(100_000))));
    const edits = values.map((message, index) =>
      index === 0 ? message : event(generating([["replace", [], "y".repeat(100_000)]])),
    );
    await using hostile = await app([...edits, raw('"end"')], {
      http: { maxResponseSize: 1_000_000 },
    });
    expect(await hostile.client.predict("/say", ["a"])).toBe("end");
  });

  it("ends connecting with a ProtocolError", async () => {
    const script: Script = { config: { ...config, css: "x".repeat(2_000_000) } };
    await expect(startApp(script, { http: { maxResponseSize: 1_000_000 } })).rejects.toMatchObject({
      name: "ProtocolError",
      message: expect.stringContaining("http.maxResponseSize") as string,
    });
  });
});

it("an answer that is compressed unasked is refused, bomb or not", async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
    response.end(bomb);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const connecting = Client.connect(`http://127.0.0.1:${port}`, { verbose: false });
  await expect(connecting).rejects.toMatchObject({
    name: "ProtocolError",
    message: expect.stringContaining("gzip") as string,
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it("a login page of megabytes makes a short error", async () => {
  const script: Script = {
    config: {},
    routes: {
      "/config": (response) =>
        json(response, { detail: { auth_message: "<b>".repeat(2_000_000) } }, 401),
      "/login": (response) => json(response, { detail: "<script".repeat(500_000) }, 400),
    },
  };
  const error = await startApp(script).then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect(error).toMatchObject({ code: "LOGIN_REQUIRED" });
  expect(error?.message.length).toBeLessThan(1000);
  await expect(startApp(script, { auth: ["a", "b"] })).rejects.toBeInstanceOf(Error);
});

describe("a value that is nested deeply", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);

  it("ends its call with a ProtocolError, and no other", async () => {
    await using hostile = await app([raw(deep)]);
    await expect(hostile.client.predict("/say", ["a"])).rejects.toMatchObject({
      name: "ProtocolError",
      code: "UNEXPECTED_MESSAGE",
    });
  });

  it("as the value of a generator as well", async () => {
    await using hostile = await app([event(generating(null)).replace("null", deep)]);
    await expect(hostile.client.predict("/say", ["a"])).rejects.toMatchObject({
      name: "ProtocolError",
    });
  });

  it.each(["props", "api_info"])(
    "in a config (%s) keeps nobody from the app, or ends connecting",
    async (where) => {
      const text = JSON.stringify({
        ...config,
        components: [{ ...components[0], [where]: { value: "deep" } }, ...components.slice(1)],
      }).replace('"deep"', deep);
      const script: Script = {
        config: {},
        routes: {
          "/config": (response) => {
            response.writeHead(200, { "content-type": "application/json" });
            response.end(text);
          },
        },
      };
      try {
        await using hostile = await startApp(script);
        expect(hostile.client.endpoints).toHaveLength(2);
        hostile.client.viewApi({ returnFormat: "str", printInfo: false });
      } catch (error) {
        expect(error).toMatchObject({ name: "ProtocolError" });
      }
    },
  );

  it("as an argument is refused before it is sent", async () => {
    await using hostile = await app([]);
    let argument: unknown = "end";
    for (let depth = 0; depth < 200_000; depth += 1) argument = [argument];
    await expect(hostile.client.predict("/say", [argument])).rejects.toMatchObject({
      name: "InputError",
    });
    expect(hostile.received).toEqual([]);
  });
});

describe("keys that mean something to JavaScript", () => {
  const value = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';

  it("are keys like any others in a result", async () => {
    await using hostile = await app([raw(value)]);
    const result = await hostile.client.predict<object>("/say", ["a"]);
    expect(JSON.stringify(result)).toBe(value);
    expect("polluted" in {}).toBe(false);
    expect("polluted" in result).toBe(false);
  });

  it("are keys like any others in an edit", async () => {
    const edits = [
      ["add", ["__proto__"], { polluted: 1 }],
      ["replace", ["constructor"], { prototype: { polluted: 1 } }],
      ["add", ["__proto__", "polluted"], 2],
    ];
    await using hostile = await app([event(generating({})), event(generating(edits)), raw("null")]);
    const job = hostile.client.submit<object>("/edit", ["a"]);
    await job.result();
    expect(JSON.stringify(job.outputs().at(1))).toBe(
      '{"__proto__":{"polluted":2},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect("polluted" in {}).toBe(false);
  });

  it("are keys like any others in an argument", async () => {
    await using hostile = await app([raw("1")]);
    await hostile.client.predict("/say", [JSON.parse(value)]);
    const sent = hostile.received.find(({ path }) => path.endsWith("/queue/join"));
    expect(JSON.stringify((sent?.body as { data: unknown[] } | undefined)?.data[0])).toBe(value);
  });
});

it("what an app says of its root moves no request, and no cookie of another domain is kept", async () => {
  await using hostile = await startApp({
    config: { ...config, root: "http://elsewhere.example" },
    routes: {
      "/gradio_api/queue/join": (response) => {
        response.setHeader("set-cookie", ["a=1; Domain=example.com", "b=2"]);
        json(response, { event_id: "e" });
      },
      "/gradio_api/queue/data": (response) =>
        stream(response)({ ...completed("x"), event_id: "e" }),
    },
  });
  expect(hostile.client.src).toBe(hostile.url);
  expect(await hostile.client.predict("/say", ["a"])).toBe("x");
  expect(hostile.received.length).toBeGreaterThan(1);
});
