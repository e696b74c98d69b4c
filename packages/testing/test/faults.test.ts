import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answer,
  createFaultProxy,
  createGradioServer,
  cut,
  delay,
  duplicateMessages,
  fallSilent,
  garbleAnswer,
  garbleMessage,
  gatewayError,
  inventMessage,
  loseAnswer,
  merge,
  redirect,
  reset,
  slowUpload,
  split,
  stall,
  tooManyRequests,
} from "../src/index.js";
import type { Fault, FaultProxy } from "../src/index.js";

const messages = [`data: {"msg":"a","text":"grün 😀"}`, `data: {"msg":"b"}`];
const stream = messages.map((message) => `${message}\n\n`).join("");

let target: Server;
let taken: string[];
let proxy: FaultProxy;

const routes: Record<string, RequestListener> = {
  "/stream": (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(stream);
    response.end();
  },
  "/endless": (_request, response) => {
    response.writeHead(200).write("begun");
  },
  "/broken": (_request, response) => {
    response.writeHead(200).write("half", () => response.socket?.destroySoon());
  },
};

beforeEach(async () => {
  taken = [];
  target = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      taken.push(`${request.method} ${request.url} ${body}`);
      const route = routes[request.url ?? ""];
      if (route !== undefined) route(request, response);
      else response.end(JSON.stringify(request.rawHeaders));
    });
  });
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const { port } = target.address() as AddressInfo;
  proxy = await createFaultProxy({ target: `http://127.0.0.1:${port}` });
});

afterEach(async () => {
  await proxy.close();
  await proxy.close();
  target.closeAllConnections();
  await new Promise((resolve) => target.close(resolve));
});

const read = async (path: string): Promise<string> => (await fetch(`${proxy.url}${path}`)).text();

/** What comes back, byte for byte, until the connection ends, and whether it was reset. */
function raw(text: string): Promise<{ readonly pieces: string[]; readonly error: unknown }> {
  return new Promise((resolve) => {
    const pieces: string[] = [];
    let error: unknown;
    const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => pieces.push(chunk.toString("latin1")));
    socket.on("error", (problem: NodeJS.ErrnoException) => (error = problem.code));
    socket.on("close", () => resolve({ pieces, error }));
  });
}

const get = (path: string, more = ""): string =>
  `GET ${path} HTTP/1.1\r\nHost: somewhere\r\n${more}\r\n`;

describe("a proxy without rules", () => {
  it("passes on headers as they are, host included, and adds none", async () => {
    const { pieces } = await raw(get("/headers", "X-Odd-Case: 1\r\nConnection: close\r\n"));
    const [head = "", body = ""] = pieces.join("").split("\r\n\r\n");
    expect(body).toContain('["Host","somewhere","X-Odd-Case","1","Connection","close"]');
    expect(head).not.toMatch(/forwarded|via/i);
  });

  it("passes on a body, and a stream as it comes", async () => {
    const sent = await fetch(`${proxy.url}/upload?a=b`, { method: "POST", body: "grün 😀" });
    await sent.text();
    expect(taken).toEqual(["POST /upload?a=b grün 😀"]);
    expect(await read("/stream")).toBe(stream);
    expect(proxy.requests).toMatchObject([
      { method: "POST", path: "/upload?a=b", fault: undefined, status: 200, ended: true },
      { method: "GET", path: "/stream", status: 200 },
    ]);
  });

  it("keeps one connection to the server for each of a client, and ends it with that", async () => {
    const opened: unknown[] = [];
    const closed: Promise<unknown>[] = [];
    target.on("connection", (socket) => {
      opened.push(socket);
      closed.push(new Promise((resolve) => socket.once("close", resolve)));
    });
    await raw(get("/one") + get("/two", "Connection: close\r\n"));
    expect(taken).toEqual(["GET /one ", "GET /two "]);
    expect(opened).toHaveLength(1);
    await Promise.all(closed);
  });

  it("hands on a broken answer broken, and tells the server that a client has gone", async () => {
    await expect(read("/broken")).rejects.toThrow();
    const gone = new Promise((resolve) =>
      target.once("request", (request: IncomingMessage) => request.socket.once("close", resolve)),
    );
    const controller = new AbortController();
    const answer = await fetch(`${proxy.url}/endless`, { signal: controller.signal });
    expect(answer.status).toBe(200);
    controller.abort();
    await gone;
  });
});

async function befall(fault: Fault, path = "/stream"): Promise<Response> {
  proxy.inject({ path, nth: 1, fault });
  return await fetch(`${proxy.url}${path}`, { redirect: "manual" });
}

describe("a fault", () => {
  it.each([
    ["reset", reset(), [], undefined],
    ["lose answer", loseAnswer(), ["GET /stream "], 200],
    ["lose answer", loseAnswer("begun"), ["GET /stream "], 200],
  ])("%s: no answer arrives", async (name, fault, expected, status) => {
    await expect(befall(fault)).rejects.toThrow();
    expect(taken).toEqual(expected);
    expect(proxy.requests).toMatchObject([{ fault: name, status }]);
    expect(await read("/stream")).toBe(stream);
  });

  it("stalls until somebody gives up", async () => {
    proxy.inject({ fault: stall() });
    await expect(
      fetch(proxy.url, { signal: AbortSignal.timeout(50), method: "POST", body: "x" }),
    ).rejects.toThrow();
    expect(taken).toEqual([]);
  });

  it("stalls on when the server ends the connection that it kept for the client", async () => {
    const closed = new Promise((resolve) =>
      target.once("connection", (socket: Socket) => socket.once("close", resolve)),
    );
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = () => request(proxy.url, { agent }).on("error", () => undefined);
    const first = send().end();
    const [answered] = await once(first, "response");
    answered.resume();
    await once(answered, "close");
    proxy.inject({ fault: stall(), nth: 1 });
    send().end();
    await expect.poll(() => proxy.requests.length).toBe(2);
    expect(proxy.connections).toBe(1);
    target.closeIdleConnections();
    await closed;
    expect(await read("/stream")).toBe(stream);
    expect(proxy.requests[1]).toMatchObject({ fault: "stall", ended: false });
    agent.destroy();
  });

  it.each([
    [answer(418, { body: "tea" }), 418, {}, "tea"],
    [gatewayError(503), 503, { "content-type": "text/html" }, "<h1>503</h1>"],
    [tooManyRequests(7), 429, { "retry-after": "7" }, ""],
    [tooManyRequests(new Date(0)), 429, { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, ""],
    [redirect("http://elsewhere/"), 307, { location: "http://elsewhere/" }, ""],
  ])("%# answers in the server's place", async (fault, status, headers, text) => {
    const found = await befall(fault);
    expect(found.status).toBe(status);
    expect(Object.fromEntries(found.headers)).toMatchObject(headers);
    expect(await found.text()).toContain(text);
    expect(taken).toEqual([]);
  });

  it.each([delay(20), slowUpload(200)])("%# is only late", async (fault) => {
    proxy.inject({ fault });
    await (await fetch(proxy.url, { method: "POST", body: "0123456789012345" })).text();
    expect(taken).toEqual(["POST / 0123456789012345"]);
  });

  it.each([
    ["at a byte", cut({ bytes: 12 }), stream.slice(0, 12), false],
    ["before the first byte", cut(), "", false],
    ["at a text", cut({ when: (text) => text.includes("grün") }), stream, false],
    ["as if it were complete", cut({ bytes: 12, how: "end" }), stream.slice(0, 12), true],
    ["without the end of the body", cut({ bytes: 12, how: "hangUp" }), stream.slice(0, 12), false],
  ])("cuts %s", async (_where, fault, expected, complete) => {
    proxy.inject({ path: "/stream", fault });
    const { pieces } = await raw(get("/stream", "Connection: close\r\n"));
    const text = pieces.join("");
    const body = text.slice(text.indexOf("\r\n\r\n") + 4);
    expect(Buffer.from(body, "latin1").toString()).toContain(expected);
    expect(body.endsWith("0\r\n\r\n")).toBe(complete);
  });

  it("cuts after a time", async () => {
    // On a busy machine the time is up before the answer has begun.
    const text = befall(cut({ milliseconds: 30 }), "/endless").then((found) => found.text());
    await expect(text).rejects.toThrow();
  });

  it("falls silent while the connection stays", async () => {
    const found = await befall(fallSilent({ bytes: 3 }), "/endless");
    const reader = (found.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("beg");
    expect(proxy.connections).toBe(1);
    await reader.cancel();
  });

  it("makes nonsense of an answer", async () => {
    const text = await (await befall(garbleAnswer())).text();
    expect(text).toBe("x".repeat(Buffer.byteLength(stream)));
  });

  it("splits at every byte and merges everything", async () => {
    proxy.inject({ nth: 1, fault: split() });
    proxy.inject({ nth: 2, fault: merge() });
    const { pieces } = await raw(get("/stream", "Connection: close\r\n"));
    expect(pieces.join("").match(/\r\n1\r\n/g)?.length).toBe(Buffer.byteLength(stream));
    expect(await read("/stream")).toBe(stream);
  });

  it.each([
    [duplicateMessages(), [messages[0], messages[0], messages[1], messages[1]]],
    [garbleMessage(1), [messages[0], `data: {"m`]],
    [inventMessage(1, { msg: "x" }), [messages[0], `data: {"msg":"x"}`, messages[1]]],
  ])("%# changes messages", async (fault, expected) => {
    const text = await (await befall(fault)).text();
    expect(text.split("\n\n").slice(0, -1)).toEqual(expected);
  });
});

it("a proxy refuses, accepts again, drops what is under way, and serves another server", async () => {
  const { url } = proxy;
  await proxy.refuse();
  await expect(fetch(url)).rejects.toThrow();
  await proxy.accept();
  expect(proxy.url).toBe(url);
  const found = await fetch(`${url}/endless`);
  expect(proxy.dropRequests({ path: "/other" })).toBe(0);
  expect(proxy.dropRequests({ path: "/endless" })).toBe(1);
  await expect(found.text()).rejects.toThrow();
  await using other = await createGradioServer({ endpoints: [], title: "another" });
  proxy.retarget(other.url);
  expect(await read("/config")).toContain("another");
});

it("a rule is for the requests it describes, until it is taken away", async () => {
  const heal = proxy.inject({ method: "GET", path: /a=b/, fault: answer(418) });
  expect((await fetch(`${proxy.url}/x?a=b`)).status).toBe(418);
  expect((await fetch(`${proxy.url}/x?a=b`, { method: "POST" })).status).toBe(200);
  expect((await fetch(`${proxy.url}/x`)).status).toBe(200);
  heal();
  expect((await fetch(`${proxy.url}/x?a=b`)).status).toBe(200);
});

it("the same faults happen inside a server of our own", async () => {
  await using server = await createGradioServer({ endpoints: [] });
  server.inject({ path: "/config", nth: 1, fault: gatewayError(502) });
  server.inject({ path: "/config", nth: 2, fault: loseAnswer() });
  server.inject({ path: "/config", nth: 3, fault: cut({ bytes: 10, how: "hangUp" }) });
  const config = () => fetch(`${server.url}/config`);
  expect((await config()).status).toBe(502);
  await expect(config()).rejects.toThrow();
  await expect(config().then((found) => found.text())).rejects.toThrow();
  expect(await (await config()).json()).toMatchObject({ version: "6.31.0" });
});
