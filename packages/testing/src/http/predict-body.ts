import { HttpProblem } from "./http-problem.js";
import type { FieldError, JsonObject } from "./json-object.js";

/** The body of a call, checked. */
export interface PredictBody {
  readonly data: readonly unknown[];
  readonly fnIndex: number | undefined;
  readonly sessionHash: string | undefined;
  readonly eventData: unknown;
  readonly oauthToken: string | undefined;
  readonly simpleFormat: boolean;
}

/** A field's check: the accepted value, or what is wrong with it. */
type Check<Value> = (value: unknown) => { value: Value } | { type: string; msg: string };

const isString: Check<string> = (value) =>
  typeof value === "string"
    ? { value }
    : { type: "string_type", msg: "Input should be a valid string" };

const isList: Check<unknown[]> = (value) =>
  Array.isArray(value) ? { value } : { type: "list_type", msg: "Input should be a valid list" };

const isInteger: Check<number> = (value) => {
  if (typeof value === "number" && Number.isInteger(value)) return { value };
  if (typeof value === "boolean") return { value: Number(value) };
  if (typeof value === "string") {
    if (/^\s*[+-]?\d+\s*$/.test(value)) return { value: Number(value) };
    const msg = "Input should be a valid integer, unable to parse string as an integer";
    return { type: "int_parsing", msg };
  }
  if (typeof value === "number") {
    const msg = "Input should be a valid integer, got a number with a fractional part";
    return { type: "int_from_float", msg };
  }
  return { type: "int_type", msg: "Input should be a valid integer" };
};

const isBoolean: Check<boolean> = (value) => {
  if (typeof value === "boolean") return { value };
  return typeof value === "string"
    ? { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" }
    : { type: "bool_type", msg: "Input should be a valid boolean" };
};

/** Reads the fields of a JSON object and collects what is wrong with them. */
class BodyReader {
  readonly #body: JsonObject;
  readonly #errors: FieldError[] = [];

  constructor(body: JsonObject) {
    this.#body = body;
  }

  required<Value>(name: string, check: Check<Value>): Value | undefined {
    if (this.#body[name] === undefined) {
      this.#errors.push({
        type: "missing",
        loc: ["body", name],
        msg: "Field required",
        input: this.#body,
      });
      return undefined;
    }
    return this.#read(name, check);
  }

  optional<Value>(name: string, check: Check<Value>): Value | undefined {
    const value = this.#body[name];
    return value === undefined || value === null ? undefined : this.#read(name, check);
  }

  /** Throws the 422 answer if anything was wrong. */
  finish(): void {
    if (this.#errors.length > 0) throw new HttpProblem(422, this.#errors);
  }

  #read<Value>(name: string, check: Check<Value>): Value | undefined {
    const input = this.#body[name];
    const result = check(input);
    if ("value" in result) return result.value;
    this.#errors.push({ type: result.type, loc: ["body", name], msg: result.msg, input });
    return undefined;
  }
}

/** Reads the body of `/queue/join`, `/run` and `/call`. Throws the 422 answer. */
export function readPredictBody(body: JsonObject): PredictBody {
  const reader = new BodyReader(body);
  const sessionHash = reader.optional("session_hash", isString);
  const data = reader.required("data", isList) ?? [];
  const oauthToken = reader.optional("oauth_token", isString);
  const fnIndex = reader.optional("fn_index", isInteger);
  reader.optional("trigger_id", isInteger);
  const simpleFormat = reader.optional("simple_format", isBoolean) ?? false;
  reader.finish();
  const eventData = body["event_data"] ?? null;
  return { data, fnIndex, sessionHash, eventData, oauthToken, simpleFormat };
}

/** Reads the body of `/cancel`. Throws the 422 answer. */
export function readCancelBody(body: JsonObject): {
  sessionHash: string;
  fnIndex: number;
  eventId: string;
} {
  const reader = new BodyReader(body);
  const sessionHash = reader.required("session_hash", isString) ?? "";
  const fnIndex = reader.required("fn_index", isInteger) ?? 0;
  const eventId = reader.required("event_id", isString) ?? "";
  reader.finish();
  return { sessionHash, fnIndex, eventId };
}

/** Reads the body of `/reset`. Throws the 422 answer. */
export function readResetBody(body: JsonObject): void {
  const reader = new BodyReader(body);
  reader.required("event_id", isString);
  reader.finish();
}
