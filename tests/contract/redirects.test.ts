import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Client, handleFile } from "@gradio-kit/client";
import { expect } from "vitest";
import { scenario } from "../harness/scenario.js";

/** Answers every request with the same path on another site, as a proxy that insists on it. */
async function redirectingTo(target: string): Promise<AsyncDisposable & { readonly url: string }> {
  const site = createServer((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(307, { location: `${target}${incoming.url}` }).end();
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    site.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: close,
  };
}

scenario("C64 an app that has moved is followed, calls and uploads included", async (server) => {
  await using moved = await redirectingTo(server.apps.main);
  await using client = await Client.connect(moved.url, { verbose: false, downloadFiles: false });
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  const file = handleFile(Buffer.from("moved"), { name: "moved.txt" });
  expect(await client.predict("/describe_file", [file])).toMatchObject({ size: 5 });
});
