import type * as http from "node:http";
import type * as https from "node:https";
import type { TransportRequest, TransportSettings } from "../../io/platform.js";
import { chooseProxy, type ProxyChoice } from "./proxy.js";
import type { SocketWay } from "./socket.js";
import type { TlsSettings } from "./tls.js";
import { keepConnections, KeptConnections } from "./kept-connections.js";
import { getBuiltinModule } from "./builtin-module.js";

/**
 * How long an unused connection is kept, in milliseconds. Gradio's server ends unused connections
 * after five seconds: a request sent into that moment would be lost.
 */
const idleLimit = 4000;
/** How many addresses are remembered; those of calls are a handful. */
const mostWays = 100;

/** The way that a request takes. */
export interface Way {
  readonly open: typeof http.request;
  /** Where it goes, through which connections, and what TLS is told for it. */
  readonly options: https.RequestOptions & { readonly connections: KeptConnections };
  /** What the server is told of where it goes. */
  readonly host: string;
  /** The proxy in between, where there is one. */
  readonly proxy: URL | undefined;
}

/** The pools of connections of one client: for each proxy and each kind of server one. */
export class Agents {
  readonly #settings: TransportSettings;
  readonly #proxyFor: ProxyChoice;
  readonly #pools = new Map<string, http.Agent | Promise<http.Agent>>();
  /**
   * For each server of each pool. They are held by the ways to it and by what lies unused: others in
   * their place could not use that, and would have to wait for it where connections are limited.
   */
  readonly #connections = new Map<string, WeakRef<KeptConnections>>();
  /** Taking an address apart costs more than all else that a request takes here. */
  readonly #ways = new Map<string, Way>();
  #tls: Promise<TlsSettings> | undefined;

  /** @throws InputError `INVALID_OPTION` when the proxy is wrong. */
  constructor(settings: TransportSettings) {
    this.#settings = settings;
    this.#proxyFor = chooseProxy(settings.connection?.proxy);
  }

  /** @throws InputError `INVALID_OPTION` when a certificate or a key is wrong, or the environment. */
  wayOf(request: TransportRequest): Way | Promise<Way> {
    const limit = staysOpen(request) ? undefined : this.#settings.connection?.maxConnections;
    const key = `${limit ?? ""} ${request.url}`;
    return this.#ways.get(key) ?? this.#findWay(key, request.url, limit);
  }

  /** The way of a WebSocket: its connection is nobody else's, and a proxy has no say in it. */
  async socketWayOf(url: string): Promise<SocketWay> {
    const proxy = await this.#proxyFor(url);
    const protocol = protocolOf(url);
    const tls = await tlsFor(url, proxy, await this.#readTls());
    if (proxy === undefined) return { tls };
    const { createTunnel } = await import("./proxy-agent.js");
    return { agent: await createTunnel(proxy, protocol, await this.#readTls()), proxy, tls };
  }

  /** Whether requests to an address go through a proxy. */
  async hasProxy(url: string): Promise<boolean> {
    return (await this.#proxyFor(url)) !== undefined;
  }

  /** Ends every connection; one that is just being made as soon as it is there. */
  close(): void {
    for (const pool of this.#pools.values()) {
      if (pool instanceof Promise) pool.then((agent) => agent.destroy()).catch(ignore);
      else pool.destroy();
    }
  }

  async #findWay(key: string, url: string, limit: number | undefined): Promise<Way> {
    const protocol = protocolOf(url);
    // What the environment says of proxies is asked for once for each address.
    const proxy = await this.#proxyFor(url);
    const tls = await this.#readTls();
    // Each takes a while to load, and most apps are called over one of them only.
    const { request, Agent } = getBuiltinModule(protocol === "http:" ? "node:http" : "node:https");
    const place = `${protocol} ${limit ?? ""} ${proxy?.href ?? ""}`;
    let pool = this.#pools.get(place);
    if (pool === undefined) {
      const options: http.AgentOptions = {
        keepAlive: true,
        ...(limit !== undefined && { maxSockets: limit }),
      };
      pool =
        proxy === undefined
          ? keeping(new Agent(options))
          : import("./proxy-agent.js").then(async ({ createProxyAgent }) =>
              keeping(await createProxyAgent(proxy, protocol, options, tls)),
            );
      this.#pools.set(place, pool);
    }
    const target = new URL(url);
    const { host } = target;
    const options = {
      ...destinationOf(target),
      ...(await tlsFor(url, proxy, tls)),
      agent: await pool,
    };
    if (this.#ways.size >= mostWays) this.#ways.clear();
    const connections = this.#connectionsOf(`${place} ${host}`);
    const way: Way = { open: request, proxy, host, options: { ...options, connections } };
    this.#ways.set(key, way);
    return way;
  }

  #connectionsOf(server: string): KeptConnections {
    const known = this.#connections.get(server)?.deref();
    if (known !== undefined) return known;
    if (this.#connections.size >= mostWays) {
      for (const [place, unused] of this.#connections) {
        if (unused.deref() === undefined) this.#connections.delete(place);
      }
    }
    const connections = new KeptConnections(idleLimit);
    this.#connections.set(server, new WeakRef(connections));
    return connections;
  }

  #readTls(): Promise<TlsSettings> {
    this.#tls ??= readTls(this.#settings);
    return this.#tls;
  }
}

function keeping(agent: http.Agent): http.Agent {
  keepConnections(agent);
  return agent;
}

/** What reads certificates is loaded where there are some. */
async function readTls(settings: TransportSettings): Promise<TlsSettings> {
  const { ca, cert, key } = settings.connection ?? {};
  if (ca === undefined && cert === undefined && key === undefined) {
    return settings.sslVerify === false ? { rejectUnauthorized: false } : {};
  }
  const tls = await import("./tls.js");
  return tls.readTls(settings);
}

/** What Node needs of an address, and no more: it copies what it is given three times a request. */
function destinationOf(url: URL): http.RequestOptions {
  const { protocol, hostname, port, path, auth } =
    getBuiltinModule("node:url").urlToHttpOptions(url);
  return {
    protocol,
    hostname,
    path,
    ...(port !== undefined && { port }),
    ...(auth !== undefined && { auth }),
  };
}

/**
 * Through a proxy Node compares the certificate of a server that is named by its IP address with
 * the name of the proxy: so it is told whom to expect.
 */
async function tlsFor(
  url: string,
  proxy: URL | undefined,
  settings: TlsSettings,
): Promise<https.RequestOptions> {
  if (protocolOf(url) === "http:") return {};
  if (proxy === undefined) return settings;
  const { checkServerIdentity } = await import("node:tls");
  const { hostname } = new URL(url);
  const host = hostname.replaceAll(/^\[|\]$/g, "");
  return {
    ...settings,
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  };
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
