import { ConnectionError, GradioError } from "../errors.js";

const notReached = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const tls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)/;

/**
 * Turns what a runtime throws when a request fails into a `ConnectionError`.
 *
 * @param mayHaveRun what to say when the connection broke after it was made: a request that
 *   changes nothing on the server cannot have run anything.
 */
export function errorFromFailure(error: unknown, url: string, mayHaveRun: boolean): Error {
  if (error instanceof GradioError) return error;
  const origin = URL.canParse(url) ? new URL(url).origin : url;
  const code = codeOf(error);
  if (code !== undefined && tls.test(code)) {
    return new ConnectionError("TLS", `No secure connection to ${origin} (${code}).`, {
      cause: error,
    });
  }
  // `fetch` says nothing but "TypeError" in browsers when it did not get through.
  if (code === undefined ? error instanceof TypeError : notReached.has(code)) {
    return new ConnectionError(
      "UNREACHABLE",
      `Nothing answers at ${origin}${code === undefined ? "" : ` (${code})`}. Is the app running, and is the address right?`,
      { cause: error, retryable: true, mayHaveRun: code === undefined && mayHaveRun },
    );
  }
  return new ConnectionError(
    "CONNECTION_LOST",
    `The connection to ${origin} broke${code === undefined ? "" : ` (${code})`}.`,
    { cause: error, retryable: !mayHaveRun, mayHaveRun },
  );
}

/** The first error code in the chain of causes: `fetch` wraps the one that tells. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError) return codeOf(at.errors[0]);
  }
  return undefined;
}
