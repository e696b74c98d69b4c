import { ConnectionError } from "../../errors.js";

/** Errors of the way to the proxy itself; all others come from the server behind it. */
const notReached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"]);

/** What a request through a proxy failed with; a proxy's own errors can hold its password. */
export function withoutProxySecrets(error: NodeJS.ErrnoException, proxy: URL): Error {
  if (error.name === "SocksClientError") {
    return unreachable(proxy, `does not let the request through: ${error.message}`);
  }
  if (error.code !== undefined && notReached.has(error.code)) {
    return unreachable(proxy, `does not answer (${error.code})`, error);
  }
  return error;
}

/** The error of a proxy that does not connect to the server. */
export function proxyRefusal(proxy: URL, status: number): ConnectionError {
  return unreachable(
    proxy,
    status === 407
      ? "asks for a username and password, or the ones given are wrong (407)"
      : `does not let the request through (${status})`,
  );
}

function unreachable(proxy: URL, what: string, cause?: Error): ConnectionError {
  return new ConnectionError("UNREACHABLE", `The proxy ${proxy.protocol}//${proxy.host} ${what}.`, {
    cause,
    retryable: true,
  });
}
