import type { IncomingMessage, ServerResponse } from "node:http";
import { admit } from "../faults/admit.js";
import { FaultPlan } from "../faults/fault-plan.js";
import type { Bodies } from "./bodies.js";
import { applyCors } from "./cors.js";
import { Exchange } from "./exchange.js";
import { HttpProblem, PlainProblem } from "./http-problem.js";
import type { RecordedRequest } from "./request-log.js";
import { match, type Route } from "./router.js";

/** A demo that runs for days must not fill up with what it was asked. */
const maxRecords = 10_000;

/**
 * The one door of the server: every request comes in through `dispatch`, which records it, finds
 * its route and answers its failure.
 */
export class Dispatcher {
  /** The latest requests, oldest first. */
  readonly requests: RecordedRequest[] = [];
  /** What is to go wrong. */
  readonly faults: FaultPlan = new FaultPlan();
  readonly #routes: readonly Route[];
  readonly #mount: string;
  readonly #bodies: Bodies;

  /** @param mount - path the app lives under, `""` or `/sub/app` */
  constructor(routes: readonly Route[], bodies: Bodies, mount: string) {
    this.#routes = routes;
    this.#bodies = bodies;
    this.#mount = mount;
  }

  async dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://server");
    const inside = pathname === this.#mount || pathname.startsWith(`${this.#mount}/`);
    const path = inside ? decodePath(pathname.slice(this.#mount.length)) : "";
    const exchange = new Exchange(request, response, path, searchParams);
    const record = this.#record(exchange, pathname);
    response.once("close", () => {
      record.status = response.statusCode;
      record.ended = true;
    });
    if (!(await admit(this.faults.take(request), request, response))) return;
    try {
      await this.#answer(exchange, path);
    } catch (error) {
      await answerFailure(exchange, error);
    }
    record.status = exchange.status;
  }

  async #answer(exchange: Exchange, path: string): Promise<void> {
    if (applyCors(exchange)) return;
    if (path === "" && this.#mount !== "" && exchange.request.url?.startsWith(this.#mount)) {
      redirect(exchange, `${this.#mount}/`);
      return;
    }
    const found = match(this.#routes, exchange.method, path);
    if (!found) throw new HttpProblem(404, "Not Found");
    if ("allow" in found) throw new HttpProblem(405, "Method Not Allowed", { allow: found.allow });
    if ("redirect" in found) redirect(exchange, this.#mount + found.redirect);
    else await found.handler(exchange, found.parameters);
  }

  #record(exchange: Exchange, path: string): RecordedRequest {
    const { method, query, headers } = exchange;
    const record: RecordedRequest = {
      method,
      path,
      query: Object.fromEntries(query),
      headers,
      body: undefined,
      status: undefined,
      ended: false,
    };
    this.requests.push(record);
    if (this.requests.length > maxRecords) this.requests.shift();
    this.#bodies.attach(exchange, record);
    return record;
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray `%` is part of the name.
    return path;
  }
}

function redirect(exchange: Exchange, path: string): void {
  const { search } = new URL(exchange.request.url ?? "/", "http://server");
  exchange.setHeader("location", `http://${exchange.headers["host"]}${path}${search}`);
  exchange.send(307, undefined, "");
}

async function answerFailure(exchange: Exchange, error: unknown): Promise<void> {
  if (exchange.answered) {
    await exchange.closeConnection();
  } else if (error instanceof HttpProblem) {
    for (const [name, value] of Object.entries(error.headers)) exchange.setHeader(name, value);
    exchange.json(error.status, { detail: error.detail });
  } else if (error instanceof PlainProblem) {
    exchange.text(error.status, error.message);
  } else {
    exchange.text(500, "Internal Server Error");
    await exchange.finished();
    await exchange.closeConnection();
  }
}
