import { UsageError } from "../failure/usage-error.js";

/**
 * Reads JSON that somebody typed.
 *
 * @param what what it is for, for the message.
 * @throws UsageError
 */
export function parseJson(what: string, text: string, hint?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${what}: this is not JSON: ${reason}`, hint);
  }
}
