import { GradioFile } from "@gradio-kit/client";
import type { ResultFolder } from "./output.js";
import { plainValue } from "./plain-value.js";

/**
 * A value as a person reads it: a text as it is, a file as its path, a list of files as a line for
 * each, anything else as JSON.
 */
export function shownValue(value: unknown, files: ResultFolder): string {
  // Not as JSON, which has no NaN.
  if (typeof value === "string" || typeof value === "number") return String(value);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.every((item) => item instanceof GradioFile)) {
    return list.map((file) => files.placeOf(file) ?? file.url).join("\n");
  }
  return jsonValue(value, files);
}

/** A value as JSON: on a terminal over several lines. */
export function jsonValue(value: unknown, files: ResultFolder): string {
  return JSON.stringify(plain(value, files), undefined, process.stdout.isTTY ? 2 : undefined);
}

/** A value as one line of JSON. */
export function jsonLine(value: unknown, files: ResultFolder): string {
  return JSON.stringify(plain(value, files));
}

const plain = (value: unknown, files: ResultFolder): unknown =>
  plainValue(value, (file) => files.placeOf(file)) ?? null;
