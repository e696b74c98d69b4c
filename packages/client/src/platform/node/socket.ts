import type { SocketRequest } from "../../io/platform.js";
import { converse } from "../web/socket.js";

/** What the runtimes on the server take besides what browsers do. */
type SocketConstructor = new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

/** The runtime's own WebSocket; Node 20 has none, and only there the package is loaded. */
export async function openWebSocket(request: SocketRequest): Promise<number> {
  const { url, headers } = request;
  if (typeof WebSocket === "function") {
    const Socket = WebSocket as unknown as SocketConstructor;
    return await converse(new Socket(url, { headers }), request);
  }
  const { WebSocket: Socket } = await import("ws");
  // Zero: messages of any length.
  const socket = new Socket(url, { headers, maxPayload: 0, perMessageDeflate: false });
  return await converse(socket as unknown as WebSocket, request);
}
