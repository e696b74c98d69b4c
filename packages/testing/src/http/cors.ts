import type { Exchange } from "./exchange.js";

const localNames = new Set(["localhost", "127.0.0.1", "0.0.0.0"]);

/**
 * Adds the headers that let a browser page use the app. The origin is echoed, except that a page
 * from elsewhere may not use an app on this machine. Answers preflights; true when it did.
 */
export function applyCors(exchange: Exchange): boolean {
  const { origin, host = "" } = exchange.headers;
  if (origin === undefined) return false;
  const requested = exchange.headers["access-control-request-headers"];
  const isPreflight =
    exchange.method === "OPTIONS" && "access-control-request-method" in exchange.headers;
  exchange.setHeader("access-control-allow-credentials", "true");
  if (isAllowed(origin, host)) {
    exchange.setHeader("access-control-allow-origin", origin);
    if (!isPreflight) exchange.setHeader("vary", "Origin");
  }
  if (!isPreflight) return false;
  exchange.setHeader(
    "access-control-allow-methods",
    "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
  );
  exchange.setHeader("access-control-max-age", "600");
  if (requested !== undefined) exchange.setHeader("access-control-allow-headers", requested);
  exchange.text(200, "OK");
  return true;
}

function isAllowed(origin: string, host: string): boolean {
  return !localNames.has(hostName(`http://${host}`)) || localNames.has(hostName(origin));
}

function hostName(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}
