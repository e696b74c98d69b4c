import type { Agent } from "node:http";
import type { RequestOptions } from "node:https";
import type { SocketRequest, TransportResponse } from "../../io/platform.js";
import { converse, socketUrl } from "../web/socket.js";
import { proxyFailure, proxyRefusal } from "./proxy-failure.js";
import { NodeResponse } from "./response.js";
import { withTlsAdvice } from "./tls-failure.js";

/** The largest number that `ws` takes for a size: it counts in 32 bits. */
const largestPayload = 2 ** 31 - 1;
/** How long a server that does not answer the end of a conversation is waited for, in milliseconds. */
const closeTimeout = 2000;

/** The way that a WebSocket takes; without an agent it is a connection of its own. */
export interface SocketWay {
  readonly agent?: Agent;
  /** What TLS is told for it. */
  readonly tls?: RequestOptions;
  /** The proxy in between, where there is one. */
  readonly proxy?: URL;
}

/**
 * Not the runtime's own WebSocket, where there is one: that can be told of no certificate and no
 * proxy, and does not say why it could not be opened.
 */
export async function openWebSocket(
  request: SocketRequest,
  { agent, tls, proxy }: SocketWay = {},
): Promise<number | TransportResponse> {
  const { url, headers, signal, limit } = request;
  const { WebSocket: Socket } = await import("ws");
  signal.throwIfAborted();
  const maxPayload = Math.min(limit.most, largestPayload);
  const options = { ...tls, agent, headers, maxPayload, closeTimeout, perMessageDeflate: false };
  const socket = new Socket(socketUrl(request), options);
  const refused = new Promise<TransportResponse>((resolve, reject) => {
    socket.once("unexpected-response", (_outgoing, incoming) => {
      resolve(new NodeResponse(incoming, url));
    });
    if (proxy === undefined) return;
    // A proxy that refuses to connect has its answer handed on as if it were the server's.
    agent?.once("proxyConnect", ({ statusCode }: { readonly statusCode?: number }) => {
      if (statusCode === undefined || statusCode === 200) return;
      reject(proxyRefusal(proxy, statusCode));
      socket.terminate();
    });
  });
  try {
    return await Promise.race([converse(socket as unknown as WebSocket, request), refused]);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    if (failure.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") throw limit.exceeded();
    throw withTlsAdvice(proxyFailure(failure, proxy) ?? failure, url);
  }
}
