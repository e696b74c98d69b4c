import { randomBytes } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodeMultipart, frameMultipart } from "../../io/multipart.js";
import type { Transport, TransportRequest, TransportResponse } from "../../io/platform.js";
import { NodeResponse } from "./response.js";

/**
 * How long an unused connection is kept, in milliseconds. Gradio's server ends unused connections
 * after five seconds: a request sent into that moment would be lost.
 */
const idleLimit = 4000;
const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** HTTP over `node:http` and `node:https` with kept-alive connections. */
export class NodeTransport implements Transport {
  readonly #plain = new http.Agent({ keepAlive: true, timeout: idleLimit });
  readonly #secure = new https.Agent({ keepAlive: true, timeout: idleLimit });

  async send(request: TransportRequest): Promise<TransportResponse> {
    let current = request;
    for (let count = 0; ; count += 1) {
      const response = await this.#attempt(current);
      const next = count < mostRedirects ? redirected(current, response) : undefined;
      if (next === undefined) return response;
      response.discard();
      current = next;
    }
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  /** A connection that the server ended while it lay unused costs a reading request nothing. */
  async #attempt(request: TransportRequest): Promise<TransportResponse> {
    try {
      return await this.#once(request);
    } catch (error) {
      if (error instanceof StaleConnection && request.method !== "POST") {
        return await this.#once(request);
      }
      throw error instanceof StaleConnection ? error.cause : error;
    }
  }

  async #once(request: TransportRequest): Promise<TransportResponse> {
    const { body } = request;
    if (body === undefined || typeof body === "string") {
      return await this.#exchange(request, request.headers, (outgoing) => {
        outgoing.end(body);
      });
    }
    const frame = frameMultipart(body.part, `gradio-kit-${randomBytes(16).toString("hex")}`);
    const headers: Record<string, string> = {
      ...request.headers,
      "content-type": frame.contentType,
    };
    if (frame.length !== undefined) headers["content-length"] = String(frame.length);
    return await this.#exchange(request, headers, (outgoing) => {
      pipeline(Readable.from(encodeMultipart(body, frame)), outgoing).catch((error: unknown) => {
        outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  #exchange(
    request: TransportRequest,
    headers: Readonly<Record<string, string>>,
    write: (outgoing: http.ClientRequest) => void,
  ): Promise<TransportResponse> {
    const secure = request.url.startsWith("https:");
    const { method, signal } = request;
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(request.url, {
        method,
        agent: secure ? this.#secure : this.#plain,
        headers: { "accept-encoding": "identity", "user-agent": "gradio-kit", ...headers },
      });
      // Not by the `signal` option: in Deno its error also goes to a socket that the request has
      // given back already, where nobody listens. Without an error of ours there is none.
      const stop = (): void => void outgoing.destroy();
      signal?.addEventListener("abort", stop, { once: true });
      outgoing.on("close", () => signal?.removeEventListener("abort", stop));
      if (request.background === true) outgoing.on("socket", (socket) => socket.unref());
      outgoing.on("response", (incoming) => resolve(new NodeResponse(incoming, request.url)));
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        const stale =
          outgoing.reusedSocket &&
          signal?.aborted !== true &&
          (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(stale ? new StaleConnection(error) : error);
      });
      write(outgoing);
    });
  }
}

/** A kept connection broke before a single byte of the answer arrived. */
class StaleConnection extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** The request that a redirect asks for; `undefined` when the answer is to be taken as it is. */
function redirected(
  request: TransportRequest,
  response: TransportResponse,
): TransportRequest | undefined {
  if (!redirects.has(response.status)) return undefined;
  const location = response.header("location");
  if (location === null || !URL.canParse(location, request.url)) return undefined;
  const url = new URL(location, request.url);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  const sameOrigin = url.origin === new URL(request.url).origin;
  if (request.method === "POST") {
    const repeats = response.status === 307 || response.status === 308;
    if (!repeats || !sameOrigin || typeof request.body !== "string") return undefined;
  }
  // What was meant for one origin, credentials among it, is not told to another.
  return { ...request, url: url.href, headers: sameOrigin ? request.headers : {} };
}
