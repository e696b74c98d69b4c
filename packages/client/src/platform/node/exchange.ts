import { Buffer } from "node:buffer";
import type { ClientRequest, IncomingMessage } from "node:http";
import { onAbort } from "../../core/on-abort.js";
import { redactUrl } from "../../core/redact.js";
import { ProtocolError } from "../../errors.js";
import type { TransportRequest, TransportResponse } from "../../io/platform.js";
import type { Way } from "./agents.js";
import { firstHeader } from "./first-header.js";
import { frameBody, type FramedBody } from "./framed-body.js";
import { heedKeepAlive } from "./kept-connections.js";
import { withPermissionAdvice } from "./permission-failure.js";
import { proxyFailure, proxyRefusal } from "./proxy-failure.js";
import { NodeResponse } from "./response.js";
import { withTlsAdvice } from "./tls-failure.js";

/** What every request says. */
const usual: Readonly<Record<string, string>> = {
  "accept-encoding": "identity",
  "user-agent": "gradio-kit",
};

/**
 * Sends one request; resolves with its answer, whose body is still to be read.
 *
 * @param repeatable whether it is sent once more when a kept connection turns out to be broken.
 */
export function exchange(
  request: TransportRequest,
  way: Way,
  repeatable: boolean,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const { url, body, signal } = request;
    const { proxy } = way;
    const refuse = (error: unknown): void => reject(withPermissionAdvice(error, url));
    try {
      signal?.throwIfAborted();
      const framed = typeof body === "object" ? frameBody(body) : undefined;
      const outgoing = open(request, way, framed);
      /** TLS is spoken with a proxy that has a certificate first, and then with the server. */
      let tlsProxy = proxy?.protocol === "https:" ? proxy : undefined;
      let answered = false;
      outgoing.on("response", (incoming: IncomingMessage) => {
        answered = true;
        const encoding = firstHeader(incoming, "content-encoding") ?? "identity";
        heedKeepAlive(incoming);
        if (encoding === "identity") resolve(new NodeResponse(incoming, url));
        else {
          refuse(encoded(url, encoding));
          outgoing.destroy();
        }
      });
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        // Whoever reads the answer is told that it breaks off.
        if (answered) return;
        if (isStale(error, outgoing) && signal?.aborted !== true) {
          if (repeatable) resolve(exchange(request, way, false));
          else refuse(error);
          return;
        }
        const peer =
          tlsProxy === undefined
            ? new URL(url).origin
            : `the proxy ${tlsProxy.protocol}//${tlsProxy.host}`;
        refuse(withTlsAdvice(proxyFailure(error, proxy) ?? error, peer));
      });
      if (proxy !== undefined) {
        // A proxy that refuses to connect has its answer handed on as if it were the server's.
        outgoing.on("proxyConnect", ({ statusCode }: { readonly statusCode?: number }) => {
          // A request over http is handed to the proxy itself: there is no tunnel to tell of.
          if (statusCode === undefined) return;
          tlsProxy = undefined;
          if (statusCode === 200) return;
          refuse(proxyRefusal(proxy, statusCode));
          outgoing.destroy();
        });
      }
      if (framed === undefined) outgoing.end(body);
      else framed.write(outgoing);
    } catch (error) {
      refuse(error);
    }
  });
}

function open(
  { method, headers, body, signal, background }: TransportRequest,
  { open: request, options, proxy, host }: Way,
  framed: FramedBody | undefined,
): ClientRequest {
  const more = framed?.headers ?? lengthOf(method, body);
  const outgoing = request(
    // Not by spreading: V8 takes five times as long for it, and makes a new shape of the options each
    // time, which only a full collection frees. A proxy's agent puts headers together anew.
    Object.assign(
      {
        method,
        headers:
          proxy === undefined ? flat(headers, more, host) : { ...usual, ...headers, ...more },
      },
      options,
    ),
  );
  if (signal !== undefined) {
    // Not by the `signal` option: in Deno its error also goes to a socket that the request has
    // given back already, where nobody listens. Without an error of ours there is none.
    outgoing.on(
      "close",
      onAbort(signal, () => void outgoing.destroy()),
    );
  }
  if (background === true) outgoing.on("socket", (socket) => socket.unref());
  return outgoing;
}

/** A kept connection broke before a single byte of the answer arrived. */
function isStale({ code }: NodeJS.ErrnoException, outgoing: ClientRequest): boolean {
  return outgoing.reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
}

/** As they are sent: what Node makes of an object first takes a sixth of the time of a request. */
function flat(
  headers: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> | undefined,
  host: string,
): string[] {
  const list = ["host", host];
  for (const name in usual) {
    if (headers[name] === undefined) list.push(name, usual[name] ?? "");
  }
  for (const name in headers) {
    if (more === undefined || !Object.hasOwn(more, name)) list.push(name, headers[name] ?? "");
  }
  for (const name in more) list.push(name, more[name] ?? "");
  return list;
}

/** What tells how long a body is that is sent at once. */
function lengthOf(
  method: string,
  body: TransportRequest["body"],
): Readonly<Record<string, string>> | undefined {
  if (method !== "POST") return undefined;
  return { "content-length": String(typeof body === "string" ? Buffer.byteLength(body) : 0) };
}

/** It was told to leave that be. Decoding it all the same would take memory at the sender's wish. */
function encoded(url: string, encoding: string): ProtocolError {
  return new ProtocolError(
    "UNEXPECTED_MESSAGE",
    `${redactUrl(url)} answers compressed (${encoding.slice(0, 20)}), which was not asked for.`,
  );
}
