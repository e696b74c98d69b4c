import { kindsOf, type Schema, type SchemaKinds } from "./schema-kinds.js";
import { UsageError } from "../failure/usage-error.js";

const numeral = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/**
 * What a typed text stands for, as the schema of its parameter says: `2` is a number for a number
 * and a text for a text.
 *
 * @throws UsageError when it can be nothing that the schema admits.
 */
export function typedValue(key: string, text: string, schema: Schema): unknown {
  const kinds = kindsOf(schema);
  const choice = kinds.choices.find((value) => String(value) === text);
  if (choice !== undefined) return choice;
  const value = ofType(text, kinds);
  if (value !== undefined) return value;
  if (kinds.types.has("string") || kinds.types.size === 0) return text;
  throw new UsageError(
    `${key}: ${JSON.stringify(shortened(text))} is not ${[...kinds.types].map(named).join(" or ")}.`,
    `${key}:=json passes JSON as it is.`,
  );
}

function ofType(text: string, { types }: SchemaKinds): unknown {
  const isNumber = types.has("number") || types.has("integer");
  if (isNumber && numeral.test(text)) return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("null") && !types.has("string") && text === "null") return null;
  // A schema that says nothing takes everything: then JSON is JSON and the rest is text.
  const isStructure = types.has("object") || types.has("array");
  return isStructure || types.size === 0 ? structure(text, types) : undefined;
}

function structure(text: string, types: ReadonlySet<string>): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: the caller decides whether it may be a text.
    return undefined;
  }
  const kind = Array.isArray(value) ? "array" : typeof value;
  return types.size === 0 || types.has(kind) ? value : undefined;
}

/** Enough to see which text it is: it may be the content of a file. */
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const names: Readonly<Record<string, string>> = {
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "null",
  array: "a JSON list",
  object: "a JSON object",
};

const named = (type: string): string => names[type] ?? type;
