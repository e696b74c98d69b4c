import type { Exchange } from "./exchange.js";
import { readJsonObject, type JsonObject } from "./json-object.js";
import type { RecordedRequest } from "./request-log.js";

/** Reads the bodies of requests and keeps them for the log. */
export class Bodies {
  readonly #records = new WeakMap<Exchange, RecordedRequest>();

  /** Tells which record of the log an exchange belongs to. */
  attach(exchange: Exchange, record: RecordedRequest): void {
    this.#records.set(exchange, record);
  }

  /** Notes what a body held. */
  record(exchange: Exchange, body: unknown): void {
    const record = this.#records.get(exchange);
    if (record) record.body = body;
  }

  /** Reads and notes a JSON object. Throws the 422 answer when it is none. */
  async readJson(exchange: Exchange): Promise<JsonObject> {
    const body = await readJsonObject(exchange);
    this.record(exchange, body);
    return body;
  }
}
