import type { Agent, ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { firstHeader } from "./first-header.js";
import { getBuiltinModule } from "./builtin-module.js";

/** How long a server says that it keeps a connection, in milliseconds. */
const wishes = new WeakMap<object, number>();
/** An agent of Node keeps no connection that ends so soon, in milliseconds: neither is it kept here. */
const shortestWish = 1000;

/** A connection whose last request is over. Node notes that in a member that its types leave out. */
type Connection = Socket & { _httpMessage?: ClientRequest | null };

/** What an agent of Node does with a request; its types leave it out. */
type RequestAgent = Agent & {
  readonly keepAlive?: boolean;
  addRequest?(request: ClientRequest, options: Destination): void;
};

/** What an agent is told of the place that a request goes to; it hands that on untouched. */
interface Destination {
  readonly connections?: KeptConnections;
}

interface Kept {
  readonly connection: Connection;
  /** When it has lain unused for too long, in milliseconds of {@link clock}. */
  readonly expiry: number;
}

/** Milliseconds. `performance` would have to be loaded first. */
const clock = (): number => process.uptime() * 1000;

/** Notes how long the server keeps the connection of an answer, where it says so. */
export function heedKeepAlive(incoming: IncomingMessage): void {
  const { socket } = incoming;
  const wish = firstHeader(incoming, "keep-alive");
  if (wish === undefined || wishes.has(socket)) return;
  const seconds = /\btimeout=(\d+)/.exec(wish)?.[1];
  if (seconds !== undefined) wishes.set(socket, Number(seconds) * 1000);
}

/**
 * The unused connections to one server. The one that was used last is used first; one timer ends those
 * that lie unused: the `timeout` of an agent has one for each, and moves it with every piece that passes.
 */
export class KeptConnections {
  readonly #limit: number;
  readonly #kept: Kept[] = [];
  /** When the timer looks for those that have expired. */
  #planned: number | undefined;

  /** @param limit how long one may lie unused, in milliseconds. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#kept.length;
  }

  put(connection: Connection): void {
    // Whoever had it last is held by nothing any more.
    connection._httpMessage = null;
    connection.unref();
    const expiry = clock() + Math.min(this.#limit, wishes.get(connection) ?? this.#limit);
    this.#kept.push({ connection, expiry });
    if (this.#planned === undefined || expiry < this.#planned) this.#plan(expiry);
  }

  take(): Connection | undefined {
    for (;;) {
      const kept = this.#kept.pop();
      if (kept === undefined) return undefined;
      // The server may have ended it meanwhile.
      if (kept.connection.writable) return kept.connection;
    }
  }

  #plan(expiry: number): void {
    this.#planned = expiry;
    const { setTimeout } = getBuiltinModule("node:timers");
    setTimeout(() => this.#endExpired(expiry), Math.max(1, expiry - clock())).unref();
  }

  #endExpired(planned: number): void {
    // An earlier time has been planned since.
    if (this.#planned !== planned) return;
    this.#planned = undefined;
    const now = clock();
    const all = this.#kept.splice(0);
    for (const kept of all) {
      if (kept.expiry <= now) kept.connection.destroy();
      else if (kept.connection.writable) this.#kept.push(kept);
    }
    const next = Math.min(...this.#kept.map(({ expiry }) => expiry));
    if (next < Infinity) this.#plan(next);
  }
}

/**
 * Has an agent use connections again by way of the {@link KeptConnections} of where a request goes.
 *
 * Node's own way copies some thirty options and looks up a name in four tables, twice for each request:
 * a tenth of what a request costs. New connections, and requests that wait for one, stay its business.
 */
export function keepConnections(agent: Agent): void {
  const all: RequestAgent = agent;
  const { addRequest, keepAlive } = all;
  // One that hands out no connections has none to keep.
  if (addRequest === undefined || keepAlive !== true) return;
  const usual = all.listeners("free");
  all.removeAllListeners("free");
  all.on("free", (connection: Connection, options: Destination) => {
    if (keep(all, connection, options)) return;
    for (const listener of usual) listener.call(all, connection, options);
  });
  all.addRequest = (request, options) => {
    const connection = options.connections?.take();
    if (connection === undefined) addRequest.call(all, request, options);
    else {
      all.reuseSocket(connection, request);
      request.onSocket(connection);
    }
  };
}

/** Connections that have a listener for errors while they lie unused. */
const known = new WeakSet<Connection>();

/** Sees to a connection that can be used again and that nobody waits for; else leaves it to the agent. */
function keep(agent: Agent, connection: Connection, { connections }: Destination): boolean {
  const { _httpMessage: request, writable } = connection;
  if (connections === undefined || !writable || request?.shouldKeepAlive !== true) return false;
  if ((wishes.get(connection) ?? Infinity) <= shortestWish) return false;
  for (const _origin in agent.requests) return false;
  if (connections.size >= agent.maxFreeSockets) {
    connection.destroy();
    return true;
  }
  if (!known.has(connection)) {
    known.add(connection);
    // An error ends it, which is all that there is to do.
    connection.on("error", () => {});
  }
  connections.put(connection);
  return true;
}
