import { createServer, Agent, get } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { endUnused, heedKeepAlive } from "../../src/platform/node/unused-connections.js";

interface Site extends AsyncDisposable {
  /** The server's end of every connection so far. */
  readonly connections: readonly Socket[];
  request(agent: Agent): Promise<void>;
}

/** @param keepAlive what the server says of how long it keeps connections, in seconds. */
async function startSite(keepAlive?: string): Promise<Site> {
  const connections: Socket[] = [];
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
    request: (agent) =>
      new Promise((resolve, reject) => {
        get({ agent, host: "127.0.0.1", port }, (incoming) => {
          heedKeepAlive(incoming);
          incoming.resume().on("end", resolve);
        }).on("error", reject);
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

function agentThatEndsAfter(limit: number): Agent {
  const agent = new Agent({ keepAlive: true });
  endUnused(agent, limit);
  return agent;
}

it("ends connections that lie unused, and makes new ones for what comes later", async () => {
  await using site = await startSite();
  const agent = agentThatEndsAfter(30);
  await Promise.all([site.request(agent), site.request(agent)]);
  await Promise.all(site.connections.map(closed));
  await site.request(agent);
  expect(site.connections).toHaveLength(3);
  await closed(site.connections[2]);
});

it("keeps connections that are used", async () => {
  await using site = await startSite();
  const agent = agentThatEndsAfter(60_000);
  for (let count = 0; count < 5; count += 1) await site.request(agent);
  expect(site.connections).toHaveLength(1);
  agent.destroy();
});

it("keeps no connection for longer than the server says that it does", async () => {
  await using site = await startSite("0");
  const agent = agentThatEndsAfter(60_000);
  await site.request(agent);
  await closed(site.connections[0]);
  agent.destroy();
});
