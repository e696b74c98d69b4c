import { redactUrl } from "../core/redact.js";
import { ProtocolError } from "../errors.js";

/** Reads JSON that a server sent. */
export function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not as a cause: its message quotes the text, whatever is in it.
    throw new ProtocolError("INVALID_JSON", `The answer of ${redactUrl(url)} is not JSON.`);
  }
}
