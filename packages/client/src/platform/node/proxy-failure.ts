import { ConnectionError } from "../../errors.js";

/** Errors of the way to the proxy itself; all others come from the server behind it. */
const notReached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"]);

/** The error of a request that did not get past its proxy; `undefined` when it did. */
export function proxyFailure(
  error: NodeJS.ErrnoException,
  proxy: URL | undefined,
): ConnectionError | undefined {
  if (proxy === undefined) return undefined;
  // Its `options` hold the password; its name is that of any error.
  if (error.constructor.name === "SocksClientError") {
    return unreachable(proxy, `does not let the request through: ${error.message}`);
  }
  if (error.code !== undefined && notReached.has(error.code)) {
    return unreachable(proxy, `does not answer (${error.code})`, error);
  }
  return undefined;
}

/** The error of a proxy that does not connect to the server. */
export function proxyRefusal(proxy: URL, status: number): ConnectionError {
  return unreachable(
    proxy,
    status === 407 || status === 401
      ? `asks for a username and password, or the ones given are wrong (${status})`
      : `does not let the request through (${status})`,
  );
}

function unreachable(proxy: URL, what: string, cause?: Error): ConnectionError {
  return new ConnectionError("UNREACHABLE", `The proxy ${proxy.protocol}//${proxy.host} ${what}.`, {
    cause,
    retryable: true,
  });
}
