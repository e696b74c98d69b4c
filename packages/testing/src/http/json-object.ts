import { lenientParse } from "../wire/json.js";
import type { Exchange } from "./exchange.js";
import { HttpProblem } from "./http-problem.js";

/** A JSON object as a client sent it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One entry of the 422 answer to a malformed body. */
export interface FieldError {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: JsonObject;
}

/** Reads a body that has to be a JSON object. Throws the 422 answer. */
export async function readJsonObject(exchange: Exchange): Promise<JsonObject> {
  const text = (await exchange.body()).toString("utf8");
  if (text === "") refuse({ type: "missing", loc: ["body"], msg: "Field required", input: null });
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(exchange.headers["content-type"] ?? "");
  const value = isJson ? parse(text) : text;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const msg = "Input should be a valid dictionary or object to extract fields from";
    refuse({ type: "model_attributes_type", loc: ["body"], msg, input: value });
  }
  return value as JsonObject;
}

function parse(text: string): unknown {
  try {
    return lenientParse(text);
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    const position = Number(/position (\d+)/.exec(error)?.[1] ?? 0);
    const msg = "JSON decode error";
    refuse({ type: "json_invalid", loc: ["body", position], msg, input: {}, ctx: { error } });
  }
}

function refuse(error: FieldError): never {
  throw new HttpProblem(422, [error]);
}
