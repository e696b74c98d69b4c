import { expect, test } from "vitest";
import { HeadStart } from "../../src/io/head-start.js";
import type { Transport, TransportRequest, TransportResponse } from "../../src/io/platform.js";

/** Answers every request with the number of those before it. */
class Counting implements Transport {
  readonly seen: TransportRequest[] = [];

  async send(request: TransportRequest): Promise<TransportResponse> {
    this.seen.push(request);
    return { status: this.seen.length } as TransportResponse;
  }

  openWebSocket(): Promise<number> {
    return Promise.reject(new Error("not here"));
  }

  close(): void {}
}

const request: TransportRequest = {
  method: "GET",
  url: "http://app.example/config",
  headers: { cookie: "a=1" },
  signal: new AbortController().signal,
};

test("the same request gets the answer that was asked for ahead, once", async () => {
  const counting = new Counting();
  const transport = new HeadStart(counting);
  transport.ask(request);
  expect(counting.seen).toEqual([request]);
  expect((await transport.send({ ...request, headers: { cookie: "a=1" } })).status).toBe(1);
  expect((await transport.send(request)).status).toBe(2);
});

test.each([
  ["address", { url: "http://app.example/info" }],
  ["method", { method: "HEAD" }],
  ["header", { headers: {} }],
  ["signal", { signal: undefined }],
] as const)("another %s is another request", async (_what, difference) => {
  const transport = new HeadStart(new Counting());
  transport.ask(request);
  expect((await transport.send({ ...request, ...difference })).status).toBe(2);
});

test("an answer that nobody wants any more does not fail unheard", async () => {
  const transport = new HeadStart({
    send: () => Promise.reject(new Error("gone")),
    openWebSocket: () => Promise.reject(new Error("gone")),
    close: () => {},
  });
  transport.ask(request);
  await new Promise((resolve) => setImmediate(resolve));
  await expect(transport.send(request)).rejects.toThrow("gone");
});
