import { ConnectionError } from "../../errors.js";

/** The error of a request that Deno was not permitted to make; every other error as it is. */
export function withPermissionAdvice(error: unknown, url: string): unknown {
  if (!(error instanceof Error) || error.name !== "NotCapable") return error;
  return new ConnectionError(
    "UNREACHABLE",
    `Deno does not permit the connection to ${new URL(url).origin}: ${error.message}.`,
    { cause: error },
  );
}
