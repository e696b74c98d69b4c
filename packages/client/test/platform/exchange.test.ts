import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { NodeTransport } from "../../src/platform/node/transport.js";

interface Site extends AsyncDisposable {
  /** The paths that were asked for. */
  readonly seen: readonly string[];
  get(path: string): ReturnType<NodeTransport["send"]>;
}

async function startSite(
  answer: (response: ServerResponse, path: string, count: number) => void,
): Promise<Site> {
  const seen: string[] = [];
  const server = createServer(({ url: path = "" }, response) => {
    const count = seen.push(path);
    answer(response, path, count);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const transport = new NodeTransport();
  return {
    seen,
    get: (path) =>
      transport.send({ method: "GET", url: `http://127.0.0.1:${port}${path}`, headers: {} }),
    async [Symbol.asyncDispose]() {
      transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves when a request and its answer are over. */
async function fetched(site: Site, path: string): Promise<void> {
  await (await site.get(path)).read(() => undefined);
  // The connection can be had again a moment later.
  await new Promise((resolve) => setImmediate(resolve));
}

it("sends a request once more that met the end of a kept connection", async () => {
  await using site = await startSite((response, path, count) => {
    if (path === "/unlucky" && count === 2) response.socket?.resetAndDestroy();
    else response.end("x");
  });
  await fetched(site, "/first");
  await fetched(site, "/unlucky");
  expect(site.seen).toEqual(["/first", "/unlucky", "/unlucky"]);
});

it("does not send it again when its answer has begun", async () => {
  let cut: (() => void) | undefined;
  await using site = await startSite((response, path) => {
    if (path !== "/half") {
      response.end("x");
      return;
    }
    response.writeHead(200, { "content-length": "100" }).write("half");
    cut = () => void response.socket?.resetAndDestroy();
  });
  await fetched(site, "/first");
  const response = await site.get("/half");
  const reading = response.read(() => cut?.());
  await expect(reading).rejects.toMatchObject({ code: "ECONNRESET" });
  await fetched(site, "/last");
  expect(site.seen).toEqual(["/first", "/half", "/last"]);
});
