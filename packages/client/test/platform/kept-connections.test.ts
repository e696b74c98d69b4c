import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, Agent, get, type AgentOptions } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import {
  heedKeepAlive,
  keepConnections,
  KeptConnections,
} from "../../src/platform/node/kept-connections.js";

interface Pool {
  readonly agent: Agent;
  readonly connections: KeptConnections;
}

interface Site extends AsyncDisposable {
  /** The server's end of every connection so far, and the agent's of every request. */
  readonly connections: readonly Socket[];
  readonly used: readonly Socket[];
  /** @param onStep called when the answer comes, for each piece, and at its end. */
  request(pool: Pool, onStep?: () => void): Promise<void>;
}

/** @param keepAlive what the server says of how long it keeps connections, in seconds. */
async function startSite(keepAlive?: string): Promise<Site> {
  const connections: Socket[] = [];
  const used: Socket[] = [];
  const server = createServer((_request, response) => {
    if (keepAlive !== undefined) response.setHeader("keep-alive", `timeout=${keepAlive}`);
    response.end("x");
  });
  // It never ends a connection by itself.
  server.keepAliveTimeout = 0;
  server.on("connection", (socket: Socket) => connections.push(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    connections,
    used,
    request: (pool, onStep = () => {}) =>
      new Promise((resolve, reject) => {
        // Over when its connection can be had again.
        get(Object.assign({ host: "127.0.0.1", port }, pool), (incoming) => {
          heedKeepAlive(incoming);
          onStep();
          incoming.on("data", onStep).on("end", onStep);
        })
          .on("error", reject)
          .on("socket", (socket) => used.push(socket))
          .on("close", () => setImmediate(resolve));
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function closed(socket: Socket | undefined): Promise<void> {
  if (socket?.closed === false) await once(socket, "close");
}

function poolThatEndsAfter(limit: number, options: AgentOptions = {}): Pool {
  const agent = new Agent({ keepAlive: true, ...options });
  keepConnections(agent);
  return { agent, connections: new KeptConnections(limit) };
}

it("ends connections that lie unused, and makes new ones for what comes later", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(30);
  await Promise.all([site.request(pool), site.request(pool)]);
  await Promise.all(site.connections.map(closed));
  await site.request(pool);
  expect(site.connections).toHaveLength(3);
  await closed(site.connections[2]);
});

it("keeps connections that are used", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(60_000);
  for (let count = 0; count < 5; count += 1) await site.request(pool);
  expect(site.connections).toHaveLength(1);
  pool.agent.destroy();
});

it("keeps no connection for longer than the server says that it does", async () => {
  await using site = await startSite("0");
  const pool = poolThatEndsAfter(60_000);
  await site.request(pool);
  await closed(site.connections[0]);
  pool.agent.destroy();
});

it("uses no connection again that the server has ended", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(60_000);
  await site.request(pool);
  site.connections[0]?.destroy();
  await closed(site.used[0]);
  await site.request(pool);
  expect(site.connections).toHaveLength(2);
  pool.agent.destroy();
});

it("hands connections on to requests that wait, where there may be no more", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(60_000, { maxSockets: 2 });
  await Promise.all(Array.from({ length: 7 }, () => site.request(pool)));
  await Promise.all(Array.from({ length: 7 }, () => site.request(pool)));
  expect(site.connections).toHaveLength(2);
  pool.agent.destroy();
});

it("keeps no more unused connections than the agent does", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(60_000, { maxFreeSockets: 2 });
  await Promise.all(Array.from({ length: 4 }, () => site.request(pool)));
  expect(pool.connections.size).toBe(2);
  expect(site.used.filter(({ destroyed }) => !destroyed)).toHaveLength(2);
  pool.agent.destroy();
});

it("ends unused connections with the agent", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(60_000);
  await site.request(pool);
  expect(pool.connections.size).toBe(1);
  pool.agent.destroy();
  await closed(site.connections[0]);
});

it("answers in the context of the request, whoever had the connection before", async () => {
  await using site = await startSite();
  const pool = poolThatEndsAfter(60_000);
  const storage = new AsyncLocalStorage<number>();
  const seen: (number | undefined)[] = [];
  for (const visitor of [1, 2, 3]) {
    await storage.run(visitor, () => site.request(pool, () => seen.push(storage.getStore())));
  }
  expect(site.connections).toHaveLength(1);
  // Each answer comes, brings its only piece, and ends.
  expect(seen).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
  pool.agent.destroy();
});
