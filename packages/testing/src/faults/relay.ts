import { Agent, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Fault } from "./fault.js";

/**
 * The onward connections of a proxy: one for each connection of a client, which ends with it, and it
 * with that. So a kept-alive connection means what it would mean without the proxy.
 */
export class Relay {
  readonly #agents = new WeakMap<Socket, Agent>();
  readonly #bound = new WeakSet<Socket>();
  /** The latest answer of each client connection. */
  readonly #answers = new WeakMap<Socket, ServerResponse>();

  /**
   * A request has come, whether or not it will go on: until its answer is over, its connection does
   * not end with the onward one, which a server may close when it has been idle for a while.
   */
  expect(answer: ServerResponse): void {
    if (answer.socket !== null) this.#answers.set(answer.socket, answer);
  }

  /** Hands a request on as it is, `host` included, and its answer back. */
  forward(
    target: string,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    fault: Fault | undefined,
  ): void {
    const { method, url, rawHeaders, socket } = incoming;
    const agent = this.#agentOf(socket);
    const onward = request(`${new URL(target).origin}${url}`, {
      method: method ?? "GET",
      headers: rawHeaders,
      agent,
    });
    onward.once("socket", (connection) => this.#bind(connection, outgoing));
    onward.once("response", (answer) => handBack(answer, outgoing));
    onward.once("error", () => outgoing.socket?.resetAndDestroy());
    outgoing.once("close", () => {
      if (!onward.destroyed && !onward.closed) onward.destroy();
    });
    const body = fault?.requestBody?.(incoming) ?? incoming;
    pipeline(Readable.from(body, { objectMode: false }), onward).catch(() => {
      // The client went away in the middle of its request: the server sees the same.
      onward.destroy();
    });
  }

  /** When the server ends a connection the client's ends as well, after an answer that still leaves. */
  #bind(connection: Socket, outgoing: ServerResponse): void {
    const client = outgoing.socket;
    if (client === null) return;
    if (this.#bound.has(connection)) return;
    this.#bound.add(connection);
    connection.once("close", () => {
      const last = this.#answers.get(client);
      if (last === undefined || last.closed) client.destroySoon();
      else last.once("close", () => client.destroySoon());
    });
  }

  #agentOf(socket: Socket): Agent {
    const known = this.#agents.get(socket);
    if (known !== undefined) return known;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    this.#agents.set(socket, agent);
    socket.once("close", () => agent.destroy());
    return agent;
  }
}

function handBack(answer: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.sendDate = false;
  outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
  outgoing.flushHeaders();
  answer.on("data", (chunk: Buffer) => {
    if (outgoing.write(chunk)) return;
    answer.pause();
    outgoing.once("drain", () => answer.resume());
  });
  answer.once("close", () => {
    // A broken answer must arrive broken.
    if (answer.complete) outgoing.end();
    else outgoing.socket?.destroySoon();
  });
  answer.once("error", () => {
    // "close" follows.
  });
}
