import { isSamePlace } from "./credentials.js";
import type { TransportRequest, TransportResponse } from "./platform.js";

/** A request on its way. */
export interface Hop extends Pick<TransportRequest, "method" | "url" | "body"> {
  /** Whether it goes to the app itself, so that it may carry what the caller gave for the app. */
  readonly own: boolean;
}

const statuses = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer sends a request; `undefined` when the answer is to be taken as it is.
 *
 * What was meant for the app is not told to another origin; only to the `https` of the same host,
 * which is what a site that insists on `https` asks for.
 */
export function redirected(hop: Hop, response: TransportResponse): Hop | undefined {
  if (!statuses.has(response.status)) return undefined;
  const location = response.header("location");
  if (location === null || !URL.canParse(location, hop.url)) return undefined;
  const { href, protocol } = new URL(location, hop.url);
  if (protocol !== "http:" && protocol !== "https:") return undefined;
  const own = hop.own && isSamePlace(hop.url, href);
  if (hop.method === "POST") {
    const repeats = response.status === 307 || response.status === 308;
    if (!repeats || !own || typeof hop.body !== "string") return undefined;
  }
  return { ...hop, url: href, own };
}
