import { ProtocolError } from "../errors.js";

/** What reads values does so level by level, and runs out of stack where there are thousands. */
export function legible(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  const why = "The app sent a value that is nested too deeply to be read.";
  return new ProtocolError("UNEXPECTED_MESSAGE", why, error);
}
