import type { Exchange } from "./exchange.js";

/**
 * The app's own address as this client sees it, without trailing slash: what `config.root` says.
 * Behind a proxy its `X-Forwarded-Host` and `X-Forwarded-Proto` count.
 */
export function rootUrl(exchange: Exchange, mount: string): string {
  const forwarded = exchange.headers["x-forwarded-host"]?.split(",")[0]?.trim();
  const scheme = exchange.headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return `${scheme}://${forwarded ?? exchange.headers["host"]}${mount}`;
}

/**
 * What the URLs of output files start with. It differs from `rootUrl` for a mounted app behind
 * `X-Forwarded-Host`, where Gradio forgets the mount path.
 */
export function fileRootUrl(exchange: Exchange, mount: string): string {
  return rootUrl(exchange, "x-forwarded-host" in exchange.headers ? "" : mount);
}
