const bigintMark = "\u0000bigint:";

/**
 * Compact JSON in UTF-8 as Gradio's queue and `/run` write it: NaN and infinities become `null`.
 */
export function compactJson(value: unknown): string {
  return (JSON.stringify(value) as string | undefined) ?? "null";
}

/**
 * Compact JSON in which a `bigint` is a number with all its digits: `app_id` does not fit in a
 * double. Slower than `compactJson`, so not for results.
 */
export function exactJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? `${bigintMark}${item}` : item,
  );
  return text.replaceAll(/"\\u0000bigint:(-?\d+)"/g, "$1");
}

/**
 * JSON as Python's own `json` module writes it, which is what the named events of `/call` carry:
 * ASCII only, spaces after `,` and `:`, and the literals `NaN`, `Infinity` and `-Infinity`.
 */
export function pythonJson(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : String(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return asciiString(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries.map(([key, item]) => `${asciiString(key)}: ${pythonJson(item)}`).join(", ")}}`;
  }
  return asciiString(String(value));
}

/** Reads a request body as Python does: the literals `NaN` and `Infinity` are taken, as `null`. */
export function lenientParse(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replaceAll(/("(?:[^"\\]|\\.)*")|-?(?:NaN|Infinity)/g, (_all, string?: string) => {
      return string ?? "null";
    }),
  );
}

function asciiString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
