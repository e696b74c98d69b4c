import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
};

/** Serves the files of a folder from an origin of its own. */
export async function serveFolder(
  folder: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(({ url = "/" }, answer) => {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const file = createReadStream(join(folder, path === "/" ? "index.html" : path));
    file.once("open", () => {
      answer.setHeader("content-type", TYPES[extname(path) || ".html"] ?? "text/plain");
      file.pipe(answer);
    });
    file.once("error", () => {
      answer.statusCode = 404;
      answer.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
