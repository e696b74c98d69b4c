import { createServer, request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";

interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
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
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const entry = { ...describe(incoming), open: true };
    seen.push(entry);
    outgoing.once("close", () => {
      entry.open = false;
    });
    forward(origin, incoming, outgoing);
  };
  const relay = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const { port } = relay.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}${pathname === "/" ? "" : pathname}`,
    seen,
    to: (part) => seen.filter(({ path }) => path.includes(part)),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => relay.close(resolve));
      relay.closeAllConnections();
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
