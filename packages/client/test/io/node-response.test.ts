import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { NodeTransport } from "../../src/platform/node/transport.js";

let server: Server;
const transport = new NodeTransport();

beforeAll(async () => {
  server = createServer((_request, response) => response.write("a piece, and more to come"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  transport.close();
  server.close();
});

it("an exception of the one who reads an answer is that reader's, and ends the answer", async () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const response = await transport.send({ method: "GET", url, headers: {} });
  const failure = new Error("cannot read this");
  const reading = response.read(() => {
    throw failure;
  });
  await expect(reading).rejects.toBe(failure);
  await expect
    .poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count))))
    .toBe(0);
});
