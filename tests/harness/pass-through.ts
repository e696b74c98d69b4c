import { createServer, request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** What has been sent with it so far, as text. */
  body(): string;
  /** Whether its answer is still under way. */
  open: boolean;
}

/** A relay in front of a server that keeps a record of what passes through it. */
export interface PassThrough extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The requests whose path contains `part`. */
  to(part: string): readonly SeenRequest[];
}

/** @param tls what the relay needs to speak https; the way to the target is http. */
export async function passThrough(target: string, tls?: ServerOptions): Promise<PassThrough> {
  const { origin, pathname } = new URL(target);
  const seen: SeenRequest[] = [];
  const sockets = new Set<Duplex>();
  const note = (incoming: IncomingMessage, outgoing: ServerResponse | Duplex) => {
    const pieces: Buffer[] = [];
    const body = (): string => Buffer.concat(pieces).toString("utf8");
    const entry = { ...describe(incoming), body, open: true };
    if (incoming.headers["content-type"] === "application/json") {
      incoming.on("data", (piece: Buffer) => pieces.push(piece));
    }
    seen.push(entry);
    outgoing.once("close", () => {
      entry.open = false;
    });
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    note(incoming, outgoing);
    forward(origin, incoming, outgoing);
  };
  const relay = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  relay.on("upgrade", (incoming, socket) => {
    note(incoming, socket);
    sockets.add(socket);
    tunnel(origin, incoming, socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const { port } = relay.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}${pathname === "/" ? "" : pathname}`,
    seen,
    to: (part) => seen.filter(({ path }) => path.includes(part)),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => relay.close(resolve));
      relay.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const describe = ({ method = "GET", url = "/", headers }: IncomingMessage) => ({
  method,
  path: url,
  headers,
});

function forward(origin: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, path, headers } = describe(incoming);
  // The headers go on as they are, `host` included: the app builds its addresses from it.
  const onward = request(`${origin}${path}`, { method, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
    // A broken answer must arrive broken.
    answer.once("error", () => outgoing.destroy());
  });
  onward.once("error", () => outgoing.destroy());
  outgoing.once("close", () => onward.destroy());
  incoming.pipe(onward);
}

/** A WebSocket: what is said on it goes through unread. */
function tunnel(origin: string, incoming: IncomingMessage, socket: Duplex): void {
  const { method, path, headers } = describe(incoming);
  const onward = request(`${origin}${path}`, { method, headers, agent: false });
  const close = () => socket.destroy();
  onward.once("upgrade", (answer, far, head) => {
    const lines = ["HTTP/1.1 101 Switching Protocols"];
    for (let at = 0; at < answer.rawHeaders.length; at += 2) {
      lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
    }
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    // What came along with the answer.
    far.unshift(head);
    socket.pipe(far).pipe(socket);
    socket.once("close", () => far.destroy());
    for (const side of [socket, far]) side.once("error", close);
    far.once("close", close);
  });
  onward.once("response", close);
  onward.once("error", close);
  onward.end();
}
