import type {
  SocketRequest,
  Transport,
  TransportRequest,
  TransportResponse,
  TransportSettings,
} from "../../io/platform.js";
import { Agents, isEventStream } from "./agents.js";
import { exchange } from "./exchange.js";

/** HTTP over `node:http` and `node:https` with kept-alive connections. */
export class NodeTransport implements Transport {
  readonly #agents: Agents;

  /** @throws InputError `INVALID_OPTION` when a setting is wrong. */
  constructor(settings: TransportSettings = {}) {
    this.#agents = new Agents(settings);
  }

  /** Not an async function: what it waits for, it waits for once. */
  send(request: TransportRequest): Promise<TransportResponse> {
    const repeatable = isRepeatable(request);
    const way = this.#agents.wayOf(request);
    return way instanceof Promise
      ? way.then((found) => exchange(request, found, repeatable))
      : exchange(request, way, repeatable);
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
 * A connection that the server ended while it lay unused costs a reading request nothing. But an
 * event stream that broke may have been opened: its session must know before it opens another.
 */
function isRepeatable(request: TransportRequest): boolean {
  return request.method !== "POST" && !isEventStream(request);
}
