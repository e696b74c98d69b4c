import { Busboy } from "@fastify/busboy";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Requests } from "../../src/io/requests.js";
import { NodeTransport } from "../../src/platform/node/transport.js";

/** One file of an upload, as an independent parser reads it. */
export interface Received {
  readonly field: string;
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A real HTTP server that takes uploads like Gradio's, and requests to it. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: Requests;
  /** What was uploaded, in order of completion. */
  readonly received: Received[];
  /** Every request: method, path and headers. */
  readonly seen: IncomingMessage[];
  /** Connections that are open right now. */
  connections(): Promise<number>;
}

/** @param handle takes what it wants to answer otherwise; `false` leaves a request to the server. */
export async function startFileServer(
  handle: Handler = () => false,
  headers: Readonly<Record<string, string>> = {},
): Promise<FileServer> {
  const received: Received[] = [];
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    if (handle(request, response) !== false) return;
    parseUpload(request).then(
      (parts) => {
        received.push(...parts);
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(parts.map(({ name }) => `/srv/${received.length}/${name}`)));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/app/`;
  const requests = new Requests(new NodeTransport(), url, headers);
  requests.prefix = "/gradio_api";
  return {
    url,
    requests,
    received,
    seen,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    async [Symbol.asyncDispose]() {
      requests.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads a multipart body with a parser that is not ours. */
export function parseUpload(request: IncomingMessage): Promise<Received[]> {
  return new Promise((resolve, reject) => {
    const parts: Received[] = [];
    const parser = new Busboy({
      headers: request.headers as { "content-type": string },
      preservePath: true,
    });
    parser.on("file", (field, stream, name, _encoding, mimeType) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => parts.push({ field, name, mimeType, bytes: Buffer.concat(chunks) }));
    });
    parser.on("finish", () => resolve(parts));
    parser.on("error", reject);
    request.on("error", reject);
    request.pipe(parser);
  });
}
