import * as http from "node:http";
import * as https from "node:https";
import { checkServerIdentity } from "node:tls";
import type { TransportRequest, TransportSettings } from "../../io/platform.js";
import { chooseProxy, createProxyAgent, createTunnel, type ProxyChoice } from "./proxy.js";
import type { SocketWay } from "./socket.js";
import { readTls, type TlsSettings } from "./tls.js";

/**
 * How long an unused connection is kept, in milliseconds. Gradio's server ends unused connections
 * after five seconds: a request sent into that moment would be lost.
 */
const idleLimit = 4000;

/** The way that a request takes. */
export interface Way {
  readonly agent: http.Agent;
  /** What TLS is told for this request. */
  readonly tls: https.RequestOptions;
  /** The proxy in between, where there is one. */
  readonly proxy: URL | undefined;
}

/** The pools of connections of one client: for each proxy and each kind of server one. */
export class Agents {
  readonly #tls: TlsSettings;
  readonly #proxyFor: ProxyChoice;
  readonly #maxSockets: number | undefined;
  readonly #pools = new Map<string, http.Agent | Promise<http.Agent>>();

  /** @throws InputError `INVALID_OPTION` when a setting is wrong. */
  constructor(settings: TransportSettings) {
    this.#tls = readTls(settings);
    this.#proxyFor = chooseProxy(settings.connection?.proxy);
    this.#maxSockets = settings.connection?.maxConnections;
  }

  async wayOf(request: TransportRequest): Promise<Way> {
    const protocol = protocolOf(request.url);
    const proxy = this.#proxyFor(request.url);
    const limit = staysOpen(request) ? undefined : this.#maxSockets;
    const key = `${protocol} ${limit ?? ""} ${proxy?.href ?? ""}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      pool = this.#open(protocol, proxy, limit);
      this.#pools.set(key, pool);
    }
    const agent = await pool;
    return { agent, proxy, tls: this.#tlsFor(request.url, proxy) };
  }

  /** The way of a WebSocket: its connection is nobody else's, and a proxy has no say in it. */
  async socketWayOf(url: string): Promise<SocketWay> {
    const proxy = this.#proxyFor(url);
    const tls = this.#tlsFor(url, proxy);
    if (proxy === undefined) return { tls };
    return { agent: await createTunnel(proxy, protocolOf(url), this.#tls), proxy, tls };
  }

  /** Ends every connection; one that is just being made as soon as it is there. */
  close(): void {
    for (const pool of this.#pools.values()) {
      if (pool instanceof Promise) pool.then((agent) => agent.destroy()).catch(ignore);
      else pool.destroy();
    }
  }

  #open(
    protocol: "http:" | "https:",
    proxy: URL | undefined,
    maxSockets: number | undefined,
  ): http.Agent | Promise<http.Agent> {
    const options: http.AgentOptions = {
      keepAlive: true,
      timeout: idleLimit,
      ...(maxSockets !== undefined && { maxSockets }),
    };
    if (proxy !== undefined) return createProxyAgent(proxy, protocol, options, this.#tls);
    return protocol === "https:" ? new https.Agent(options) : new http.Agent(options);
  }

  /**
   * Through a proxy Node compares the certificate of a server that is named by its IP address with
   * the name of the proxy: so it is told whom to expect.
   */
  #tlsFor(url: string, proxy: URL | undefined): https.RequestOptions {
    if (protocolOf(url) === "http:") return {};
    if (proxy === undefined) return this.#tls;
    const { hostname } = new URL(url);
    const host = hostname.replaceAll(/^\[|\]$/g, "");
    return {
      ...this.#tls,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    };
  }
}

function protocolOf(url: string): "http:" | "https:" {
  return url.startsWith("https:") ? "https:" : "http:";
}

function ignore(): void {
  // A pool that could not be made has no connections; who asked for it was told why.
}

/** Streams and heartbeats are open for as long as a job or a session: they take nobody's place. */
function staysOpen(request: TransportRequest): boolean {
  return request.background === true || isEventStream(request);
}

/** Whether a request opens an event stream. */
export function isEventStream({ headers }: TransportRequest): boolean {
  return headers["accept"] === "text/event-stream";
}
