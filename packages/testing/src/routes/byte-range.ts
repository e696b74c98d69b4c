import { HttpProblem, PlainProblem } from "../http/http-problem.js";

/** First and last byte of a part of a file, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header: `bytes=a-`, `bytes=-n` and `bytes=a-b`, where the end is cut to the
 * file. Throws the 416 answer for a start past the end and the 400 answer for nonsense.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const [, first = "", last = ""] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header) ?? [];
  if (first === "" && last === "") {
    throw new PlainProblem(400, "Range header: range must be requested");
  }
  if (first === "") return { start: Math.max(0, size - Number(last)), end: size - 1 };
  const start = Number(first);
  if (start >= size) {
    const headers = { "content-range": `bytes */${size}` };
    throw new HttpProblem(416, "Requested Range Not Satisfiable", headers);
  }
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return { start: Math.min(start, end), end };
}
