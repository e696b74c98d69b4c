import type { Agent, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { getBuiltinModule } from "./builtin-module.js";

/** How long a server says that it keeps a connection, in milliseconds. */
const wishes = new WeakMap<object, number>();

/** Milliseconds. `performance` would have to be loaded first. */
const clock = (): number => process.uptime() * 1000;

/** Notes how long the server keeps the connection of an answer, where it says so. */
export function heedKeepAlive({ headers, socket }: IncomingMessage): void {
  const { "keep-alive": wish } = headers;
  if (wish === undefined || wishes.has(socket)) return;
  const seconds = /\btimeout=(\d+)/.exec(String(wish))?.[1];
  if (seconds !== undefined) wishes.set(socket, Number(seconds) * 1000);
}

/**
 * Ends connections of a pool that lie unused for so many milliseconds. With one timer for all of them:
 * the agent's own `timeout` has one for each connection, and moves it with every piece that passes.
 */
export function endUnused(agent: Agent, limit: number): void {
  const expiries = new WeakMap<Duplex, number>();
  let planned: number | undefined;
  const plan = (expiry: number): void => {
    planned = expiry;
    const { setTimeout } = getBuiltinModule("node:timers");
    setTimeout(look, Math.max(1, expiry - clock()), expiry).unref();
  };
  const look = (expiry: number): void => {
    // An earlier one has been planned since.
    if (planned !== expiry) return;
    planned = undefined;
    const now = clock();
    let next = Infinity;
    for (const sockets of Object.values(agent.freeSockets)) {
      for (const socket of sockets ?? []) {
        const end = expiries.get(socket) ?? now;
        if (end <= now) socket.destroy();
        else next = Math.min(next, end);
      }
    }
    if (next < Infinity) plan(next);
  };
  // Node calls it for every connection that is to be kept.
  const keep: (socket: Duplex) => unknown = agent.keepSocketAlive.bind(agent);
  agent.keepSocketAlive = (socket: Duplex) => {
    const expiry = clock() + Math.min(limit, wishes.get(socket) ?? limit);
    expiries.set(socket, expiry);
    if (planned === undefined || expiry < planned) plan(expiry);
    return keep(socket);
  };
}
