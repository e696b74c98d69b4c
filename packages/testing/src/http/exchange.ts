import type { IncomingMessage, ServerResponse } from "node:http";
import { compactJson } from "../wire/json.js";

/** Bytes of an answer that goes on, such as an event stream. */
export interface ResponseStream {
  /** Resolves when the bytes are on their way; the reader's pace is respected. */
  write(text: string): Promise<void>;
  end(): void;
  /** Breaks off: what was written arrives, the end of the body does not. */
  abort(): Promise<void>;
}

/**
 * One request and its answer. Every byte of every answer passes through this object, and through
 * `ResponseStream`, which is the place to bend them.
 */
export class Exchange {
  readonly request: IncomingMessage;
  readonly method: string;
  /** Path below the mount point, decoded, without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the client goes away before the answer is complete. */
  readonly disconnected: AbortSignal;
  readonly #response: ServerResponse;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ) {
    const disconnect = new AbortController();
    this.request = request;
    this.method = request.method ?? "GET";
    this.path = path;
    this.query = query;
    this.headers = flatHeaders(request);
    this.disconnected = disconnect.signal;
    this.#response = response;
    response.on("close", () => {
      if (!response.writableFinished) disconnect.abort();
    });
    // Errors of a broken connection are followed by "close", where they are dealt with.
    response.on("error", () => undefined);
  }

  get status(): number {
    return this.#response.statusCode;
  }

  /** True once an answer has begun. */
  get answered(): boolean {
    return this.#response.headersSent;
  }

  setHeader(name: string, value: string): void {
    this.#response.setHeader(name, value);
  }

  /** The whole body as bytes. */
  async body(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  json(status: number, value: unknown): void {
    this.send(status, "application/json", compactJson(value));
  }

  text(status: number, text: string): void {
    this.send(status, "text/plain; charset=utf-8", text);
  }

  /** A complete answer; without a type it carries none. */
  send(status: number, contentType: string | undefined, body: string | Uint8Array): void {
    if (contentType !== undefined) this.setHeader("content-type", contentType);
    this.setHeader("content-length", String(Buffer.byteLength(body)));
    this.#response.writeHead(status);
    this.#response.end(this.method === "HEAD" ? undefined : body);
  }

  /** Starts an event stream. */
  openEventStream(): ResponseStream {
    this.#response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    this.#response.flushHeaders();
    return {
      write: (text) => this.#write(text),
      end: () => this.#response.end(),
      abort: () => this.closeConnection(),
    };
  }

  /** Sends a part of a body begun with `begin`. */
  write(chunk: Uint8Array): Promise<void> {
    return this.#write(chunk);
  }

  /** Starts an answer whose parts follow by `write`. */
  begin(status: number): void {
    this.#response.writeHead(status);
  }

  end(): void {
    this.#response.end();
  }

  /** Ends the connection after what was written, without the end of the body. */
  async closeConnection(): Promise<void> {
    const { socket } = this.#response;
    if (!socket || socket.destroyed) return;
    if (this.#response.writableNeedDrain) {
      await new Promise((resolve) => {
        this.#response.once("drain", resolve);
        this.#response.once("close", resolve);
      });
    }
    socket.destroySoon();
  }

  /** Resolves once the answer has left, or cannot leave any more. */
  finished(): Promise<void> {
    const response = this.#response;
    if (response.writableFinished || response.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      response.once("finish", resolve);
      response.once("close", resolve);
    });
  }

  #write(chunk: string | Uint8Array): Promise<void> {
    const response = this.#response;
    if (response.destroyed || response.write(chunk)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        response.off("drain", done);
        response.off("close", done);
        resolve();
      };
      response.once("drain", done);
      response.once("close", done);
    });
  }
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}
