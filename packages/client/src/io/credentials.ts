import type { TransportResponse } from "./platform.js";

/** Something that proves to servers who is calling: cookies, a token. */
export interface Credentials {
  /**
   * The headers that a request to this address gets, with names in lower case. It is asked for every
   * address, those that a redirect leads to included, and decides by itself who may have what. A
   * header of the caller with the same name wins; cookies are joined.
   */
  headersFor(url: string): Readonly<Record<string, string>> | undefined;
  /** What must not show in errors and log lines. */
  secrets(): readonly string[];
  /** Looks at an answer of the app that sets cookies. */
  learn?(response: TransportResponse): Promise<void>;
}

/** Adds headers to those of the caller, which win. */
export function addHeaders(
  headers: Record<string, string>,
  more: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(more)) {
    const own = headers[name];
    if (own === undefined) headers[name] = value;
    else if (name === "cookie") headers[name] = joinCookies(value, own);
  }
}

function joinCookies(first: string, second: string): string {
  const pairs = [...first.split(";"), ...second.split(";")].map((pair) => pair.trim());
  return [...new Map(pairs.map((pair) => [pair.split("=", 1)[0], pair])).values()].join("; ");
}

/** Whether an address is the `https` twin of another: the same host, and nobody else can be there. */
function isUpgrade(from: string, to: string): boolean {
  const [before, after] = [new URL(from), new URL(to)];
  return (
    before.protocol === "http:" && after.protocol === "https:" && before.hostname === after.hostname
  );
}

/** Whether what was meant for one address may go to another. */
export function isSamePlace(from: string, to: string): boolean {
  return from === to || new URL(from).origin === new URL(to).origin || isUpgrade(from, to);
}
