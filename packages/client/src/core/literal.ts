import { isFileData } from "./file-data.js";
import { isObject } from "./json.js";

/** How much of a value is shown: enough to see what it is like. */
const longestText = 200;
const mostItems = 8;
const deepest = 8;

/**
 * A string as a TypeScript literal. Characters that end a line for some readers, move the cursor of a
 * terminal or turn the direction of the text are written as escapes: the text comes from somebody
 * else's app.
 */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key as it stands in a type or a literal: in quotes unless it is a plain name. */
export function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/**
 * A JSON value as TypeScript code, files as `handleFile(…)`. What is long is shortened, and is still
 * code.
 */
export function literalOf(value: unknown, depth = 0): string {
  if (typeof value === "string") return quote(shorten(value));
  if (typeof value !== "object" || value === null) return String(value ?? null);
  const address = addressOf(value);
  if (address !== undefined) return `handleFile(${quote(address)})`;
  if (depth >= deepest) return Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.slice(0, mostItems).map((item) => literalOf(item, depth + 1))
    : Object.entries(value)
        // A shortened key could be the same as another.
        .filter(([key]) => key.length <= longestText)
        .slice(0, mostItems)
        .map(([key, member]) => `${literalKey(key)}: ${literalOf(member, depth + 1)}`);
  if (parts.length < Object.keys(value).length) parts.push("/* … */");
  if (Array.isArray(value)) return `[${parts.join(", ")}]`;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** The address of a file that anybody can fetch; a path on the server is none. */
function addressOf(value: unknown): string | undefined {
  if (!isFileData(value)) return undefined;
  return [value.url, value.path].find((place) => /^https?:\/\//.test(place ?? "")) ?? undefined;
}

/** Whether a value holds a file that only its server has, so that no code could pass it. */
export function holdsServerFile(value: unknown, depth = 0): boolean {
  if (isFileData(value)) return addressOf(value) === undefined;
  if (depth >= deepest) return false;
  const members = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return members.slice(0, mostItems).some((member) => holdsServerFile(member, depth + 1));
}

/** A key in a literal; `__proto__` would set the prototype, unless it is computed. */
export function literalKey(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : propertyName(key);
}

function shorten(text: string): string {
  // Cutting a pair of surrogates in two is fine: half of one is written as an escape.
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
