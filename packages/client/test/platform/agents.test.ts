import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NodeTransport } from "../../src/platform/node/transport.js";

/** More addresses than are remembered. */
const many = 250;
let url: string;
let connections: number;
let end: () => Promise<unknown>;

const answer: RequestListener = (_request, response) => void response.end("x");

beforeEach(async () => {
  const server = createServer(answer).on("connection", () => (connections += 1));
  connections = 0;
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  end = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
});

afterEach(() => end());

it.each([undefined, 1])(
  "uses one connection for many addresses of a server (maxConnections: %s)",
  async (maxConnections) => {
    const transport = new NodeTransport({
      ...(maxConnections !== undefined && { connection: { maxConnections } }),
    });
    for (let index = 0; index < many; index += 1) {
      const request = { method: "GET", url: `${url}/${index}`, headers: {} } as const;
      await (await transport.send(request)).read(() => undefined);
      // The connection can be had again a moment later.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connections).toBe(1);
    transport.close();
  },
);
