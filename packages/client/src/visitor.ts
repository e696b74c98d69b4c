import type { ServedRequest } from "./io/platform.js";

/** By this the Hub tells a Space who came, and a Space another one: whose ZeroGPU quota counts. */
export const visitorHeader = "x-ip-token";

/** The header that says for whom a Space is called: the one who sent the request being answered. */
export function visitorHeaders(request: ServedRequest | undefined): Record<string, string> {
  if (request === undefined) return {};
  const { headers } = request;
  const value =
    headers instanceof Headers
      ? headers.get(visitorHeader)
      : Object.entries(headers).find(([name]) => name.toLowerCase() === visitorHeader)?.[1];
  const text = typeof value === "string" ? value : value?.[0];
  return text === undefined || text === "" ? {} : { [visitorHeader]: text };
}
