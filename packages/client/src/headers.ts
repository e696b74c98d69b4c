import { invalidOption } from "./check-options.js";
import type { Transport } from "./io/platform.js";
import type { HeaderInput } from "./options.js";

/** Headers that carry the framing of a request: replacing them would break it. */
const ownHeaders = new Set(
  "connection content-length content-type host keep-alive transfer-encoding upgrade".split(" "),
);

/**
 * The caller's headers with names in lower case; the caller's object stays as it is.
 *
 * @throws InputError `INVALID_OPTION` for a header that the client or the runtime keeps for itself.
 */
export function readHeaders(
  input: HeaderInput | undefined,
  transport: Transport,
): Record<string, string> {
  const result: Record<string, string> = {};
  if (input === undefined) return result;
  let headers: Headers;
  try {
    headers = new Headers(input as HeadersInit);
  } catch {
    // Not as a cause: its message quotes the value, which can be a secret.
    throw invalidOption("headers: a name or a value in it is not valid in HTTP.");
  }
  for (const [name, value] of headers) {
    if (ownHeaders.has(name)) {
      throw invalidOption(
        `headers: "${name}" belongs to the client, which frames the requests by it.`,
      );
    }
    result[name] = value;
  }
  const kept = transport.unsendable?.(result);
  if (kept !== undefined)
    throw invalidOption(`headers: this runtime does not let "${kept}" be set.`);
  return result;
}
