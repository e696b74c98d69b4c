import { Buffer } from "node:buffer";
import type * as http from "node:http";
import { onAbort } from "../../core/on-abort.js";
import { redactUrl } from "../../core/redact.js";
import { ProtocolError } from "../../errors.js";
import { encodeMultipart, frameMultipart, type Multipart } from "../../io/multipart.js";
import type {
  SocketRequest,
  Transport,
  TransportRequest,
  TransportResponse,
  TransportSettings,
} from "../../io/platform.js";
import { Agents, isEventStream, type Way } from "./agents.js";
import { withPermissionAdvice } from "./permission-failure.js";
import { proxyFailure, proxyRefusal } from "./proxy-failure.js";
import { NodeResponse } from "./response.js";
import { withTlsAdvice } from "./tls-failure.js";
import { heedKeepAlive } from "./unused-connections.js";
import { getBuiltinModule } from "./builtin-module.js";

/** What every request says. */
const usual = { "accept-encoding": "identity", "user-agent": "gradio-kit" };

/** HTTP over `node:http` and `node:https` with kept-alive connections. */
export class NodeTransport implements Transport {
  readonly #agents: Agents;

  /** @throws InputError `INVALID_OPTION` when a setting is wrong. */
  constructor(settings: TransportSettings = {}) {
    this.#agents = new Agents(settings);
  }

  /**
   * A connection that the server ended while it lay unused costs a reading request nothing. But an
   * event stream that broke may have been opened: its session must know before it opens another.
   */
  async send(request: TransportRequest): Promise<TransportResponse> {
    try {
      const known = this.#agents.wayOf(request);
      // A way that is found for the first time takes a moment.
      const way = known instanceof Promise ? await known : known;
      const { response, stale } = await exchange(request, way);
      if (response !== undefined) return response;
      const repeatable = request.method !== "POST" && !isEventStream(request);
      const again = repeatable ? await exchange(request, way) : undefined;
      if (again?.response !== undefined) return again.response;
      throw again?.stale ?? stale;
    } catch (error) {
      throw withPermissionAdvice(error, request.url);
    }
  }

  async openWebSocket(request: SocketRequest): Promise<number | TransportResponse> {
    // Only Gradio 3 talks over one.
    const [{ openWebSocket }, way] = await Promise.all([
      import("./socket.js"),
      this.#agents.socketWayOf(request.url),
    ]);
    return await openWebSocket(request, way);
  }

  /** Behind a proxy it is the proxy that looks names up. */
  async addressesOf(host: string): Promise<readonly string[]> {
    if (await this.#agents.hasProxy(`https://${host}/`)) return [];
    try {
      const { lookup } = await import("node:dns/promises");
      return (await lookup(host, { all: true })).map(({ address }) => address);
    } catch {
      // A name that leads nowhere leads to nothing private: the request will say so.
      return [];
    }
  }

  close(): void {
    this.#agents.close();
  }
}

/**
 * Servers of Gradio 3 and 4 look for the end of an upload in Python; they skip what cannot be part of
 * the boundary, and look at every byte else. So it is made of letters that are rare in texts.
 */
function randomBoundary(): string {
  const letters = crypto.getRandomValues(new Uint8Array(48));
  return Array.from(letters, (letter) => "QXZ".charAt(letter % 3)).join("");
}

/** What came of a request. */
interface Outcome {
  readonly response?: TransportResponse;
  /** A kept connection broke before a single byte of the answer arrived. */
  readonly stale?: Error;
}

function exchange(
  { url, method, headers, body, signal, background }: TransportRequest,
  { open, options, proxy, host }: Way,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const framed = typeof body === "object" ? frameOf(body) : undefined;
    // Not by spreading: V8 takes five times as long for it, and makes a new shape of the options each
    // time, which only a full collection frees. It is half of what a call leaves behind until then.
    const all: Record<string, string> = Object.assign({}, usual, headers, framed?.headers);
    if (method === "POST" && framed === undefined) all["content-length"] = lengthOf(body);
    const outgoing = open(
      // A proxy's agent puts them together anew.
      Object.assign({ method, headers: proxy === undefined ? flat(all, host) : all }, options),
    );
    if (signal !== undefined) {
      // Not by the `signal` option: in Deno its error also goes to a socket that the request has
      // given back already, where nobody listens. Without an error of ours there is none.
      const stop = (): void => void outgoing.destroy();
      outgoing.on("close", onAbort(signal, stop));
    }
    if (background === true) outgoing.on("socket", (socket) => socket.unref());
    outgoing.on("response", (incoming) => {
      const encoding = incoming.headers["content-encoding"] ?? "identity";
      heedKeepAlive(incoming);
      if (encoding === "identity") resolve({ response: new NodeResponse(incoming, url) });
      else {
        reject(encoded(url, encoding));
        outgoing.destroy();
      }
    });
    /** TLS is spoken with a proxy that has a certificate first, and then with the server. */
    let tlsProxy = proxy?.protocol === "https:" ? proxy : undefined;
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const stale =
        outgoing.reusedSocket &&
        signal?.aborted !== true &&
        (error.code === "ECONNRESET" || error.code === "EPIPE");
      if (stale) resolve({ stale: error });
      else {
        const peer =
          tlsProxy === undefined
            ? new URL(url).origin
            : `the proxy ${tlsProxy.protocol}//${tlsProxy.host}`;
        reject(withTlsAdvice(proxyFailure(error, proxy) ?? error, peer));
      }
    });
    if (proxy !== undefined) {
      // A proxy that refuses to connect has its answer handed on as if it were the server's.
      outgoing.on("proxyConnect", ({ statusCode }: { readonly statusCode?: number }) => {
        // A request over http is handed to the proxy itself: there is no tunnel to tell of.
        if (statusCode === undefined) return;
        tlsProxy = undefined;
        if (statusCode === 200) return;
        reject(proxyRefusal(proxy, statusCode));
        outgoing.destroy();
      });
    }
    if (framed === undefined) outgoing.end(body);
    else framed.write(outgoing);
  });
}

/** As they are sent: what Node makes of an object first takes a sixth of the time of a request. */
function flat(headers: Readonly<Record<string, string>>, host: string): string[] {
  const list = ["host", host];
  for (const name in headers) list.push(name, headers[name] ?? "");
  return list;
}

function lengthOf(body: TransportRequest["body"]): string {
  return String(typeof body === "string" ? Buffer.byteLength(body) : 0);
}

/** A body that is sent piece by piece, and the headers that tell of it. */
function frameOf(body: Multipart): {
  readonly headers: Record<string, string>;
  write(outgoing: http.ClientRequest): void;
} {
  const frame = frameMultipart(body.part, randomBoundary());
  const headers: Record<string, string> = { "content-type": frame.contentType };
  if (frame.length !== undefined) headers["content-length"] = String(frame.length);
  const write = (outgoing: http.ClientRequest): void => {
    const { Readable } = getBuiltinModule("node:stream");
    const { pipeline } = getBuiltinModule("node:stream/promises");
    pipeline(Readable.from(encodeMultipart(body, frame)), outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  };
  return { headers, write };
}

/** It was told to leave that be. Decoding it all the same would take memory at the sender's wish. */
function encoded(url: string, encoding: string): ProtocolError {
  return new ProtocolError(
    "UNEXPECTED_MESSAGE",
    `${redactUrl(url)} answers compressed (${encoding.slice(0, 20)}), which was not asked for.`,
  );
}
