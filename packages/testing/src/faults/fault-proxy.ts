import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { admit } from "./admit.js";
import { FaultPlan, matches, type FaultRule } from "./fault-plan.js";
import { Relay } from "./relay.js";

/** Options of `createFaultProxy`. */
export interface FaultProxyOptions {
  /** The address of the server, `http:` only. */
  readonly target: string | URL;
  /** Faults from the start; more with `inject`. */
  readonly rules?: readonly FaultRule[];
}

/** A request that reached the proxy. */
export interface ProxiedRequest {
  /** In capitals, such as `"POST"`. */
  readonly method: string;
  /** Path with query, as it was sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<IncomingMessage["headers"]>;
  /** The fault that befell it. */
  readonly fault: string | undefined;
  /** Status of the answer, the server's or that in its place; `undefined` until there is one. */
  status: number | undefined;
  /** True once the answer is complete or the connection is gone. */
  ended: boolean;
}

/** A proxy that does damage, made by `createFaultProxy`. */
export class FaultProxy implements AsyncDisposable {
  /** All requests so far, oldest first. */
  readonly requests: ProxiedRequest[] = [];
  readonly #plan = new FaultPlan();
  readonly #relay = new Relay();
  readonly #sockets = new Set<Socket>();
  readonly #open = new Map<ProxiedRequest, Socket>();
  readonly #http: Server;
  #target: string;
  #port = 0;

  /** Use `createFaultProxy`, which also listens. */
  constructor({ target, rules = [] }: FaultProxyOptions) {
    this.#target = checked(target);
    for (const rule of rules) this.#plan.add(rule);
    this.#http = createServer((request, response) => void this.#handle(request, response));
    this.#http.keepAliveTimeout = 0;
    this.#http.requestTimeout = 0;
    this.#http.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** The proxy's address, with the target's path. */
  get url(): string {
    const { pathname } = new URL(this.#target);
    return `http://127.0.0.1:${this.#port}${pathname === "/" ? "" : pathname}`;
  }

  /** How many connections of clients are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Plans a fault; the function that comes back takes it away. */
  inject(rule: FaultRule): () => void {
    return this.#plan.add(rule);
  }

  /** Takes every planned fault away. */
  heal(): void {
    this.#plan.clear();
  }

  /**
   * Breaks the requests that are under way right now.
   *
   * @returns how many there were.
   */
  dropRequests(
    which: Pick<FaultRule, "method" | "path"> = {},
    how: "reset" | "hangUp" = "reset",
  ): number {
    let count = 0;
    for (const [record, socket] of this.#open) {
      if (!matches(which, { method: record.method, url: record.path })) continue;
      count += 1;
      if (how === "reset") socket.resetAndDestroy();
      else socket.destroySoon();
    }
    return count;
  }

  /** From now on another server answers: an app that was restarted. Open connections stay. */
  retarget(target: string | URL): void {
    this.#target = checked(target);
  }

  /** Ends every connection and refuses new ones, until `accept`. */
  async refuse(): Promise<void> {
    if (!this.#http.listening) return;
    const closed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Listens, at the same port as before. */
  accept(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen(this.#port, "127.0.0.1", () => {
        this.#http.off("error", reject);
        this.#port = (this.#http.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  /** Ends all connections. Calling it again does no harm. */
  async close(): Promise<void> {
    this.#plan.clear();
    await this.refuse();
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/", headers, socket } = request;
    const fault = this.#plan.take(request);
    const record: ProxiedRequest = {
      method,
      path,
      headers,
      fault: fault?.name,
      status: undefined,
      ended: false,
    };
    this.requests.push(record);
    this.#open.set(record, socket);
    this.#relay.expect(response);
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    response.once("close", () => {
      this.#open.delete(record);
      record.ended = true;
      if (response.headersSent) record.status = response.statusCode;
    });
    if (!(await admit(fault, request, response))) return;
    this.#relay.forward(this.#target, request, response, fault);
  }
}

/**
 * Puts a proxy in front of a server that breaks what passes through it, as told by rules. Without
 * rules everything passes as it is: headers, `host` included, kept-alive connections, and the pace
 * of event streams.
 *
 * @example
 * await using proxy = await createFaultProxy({ target: "http://127.0.0.1:7860" });
 * proxy.inject({ path: "/queue/join", nth: 1, fault: loseAnswer() });
 * proxy.url; // for the client
 */
export async function createFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new FaultProxy(options);
  await proxy.accept();
  return proxy;
}

function checked(target: string | URL): string {
  const { href, protocol } = new URL(target);
  if (protocol !== "http:") throw new TypeError(`target must be an address of http: ${href}`);
  return href.replace(/\/+$/, "");
}
