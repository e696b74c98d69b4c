import { InputError } from "../errors.js";
import { redactText } from "./redact.js";

/** Where an app is: at an address, or a Space whose address the Hub knows. */
export type Source = { readonly kind: "url"; readonly url: string } | SpaceSource;

interface SpaceSource {
  readonly kind: "space";
  readonly id: string;
}

/** Where the Hub shows Spaces, beside the address that `HF_ENDPOINT` names. */
const hubHosts = new Set(["huggingface.co", "hf.co"]);
const spaceId = /^[\w.-]+\/[\w.-]+$/;
const spacePage = /^\/spaces\/([\w.-]+\/[\w.-]+)\/?$/;

/**
 * Reads what the user passed as `src`: an `http(s)` address (its query and fragment are dropped,
 * a trailing slash is added), a Space id `user/name`, or the address of a Space's page on the Hub.
 *
 * @param hub the address of the Hub, where it is not the usual one.
 */
export function parseSource(src: unknown, hub?: string): Source {
  if (typeof src !== "string" && !(src instanceof URL)) throw invalidSource(src);
  const text = String(src).trim();
  if (spaceId.test(text)) return { kind: "space", id: text };
  const url = parseUrl(text);
  if (url === undefined) throw invalidSource(src);
  if (url.username !== "" || url.password !== "") {
    throw new InputError(
      "INVALID_SOURCE",
      'src: an address with a username and password in it ends up in logs. Pass them as "auth" to an app with a login of its own, and as an "authorization" header, in "headers", to a site in front of it.',
    );
  }
  const isHub = hubHosts.has(url.host) || parseUrl(hub ?? "")?.host === url.host;
  const page = isHub ? spacePage.exec(url.pathname) : null;
  if (page?.[1] !== undefined) return { kind: "space", id: page[1] };
  return { kind: "url", url: baseUrl(url) };
}

/** Whether an address is that of a Space, as the Hub serves them. */
export function isSpaceHost(url: string): boolean {
  return /^https:/i.test(url) && new URL(url).hostname.endsWith(".hf.space");
}

/** The root of an app: no query, no fragment, no credentials, and a slash at the end. */
export function baseUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}/`;
}

function parseUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    // Whoever asks says what is wrong with it.
    return undefined;
  }
}

function invalidSource(src: unknown): InputError {
  const came =
    typeof src === "string" ? JSON.stringify(redactText(src.slice(0, 200))) : describe(src);
  return new InputError(
    "INVALID_SOURCE",
    `src: ${came} is neither the address of an app ("http://127.0.0.1:7860", "https://example.com/app") nor the id of a Space ("user/name").`,
  );
}

/** A short name for the kind of a value, for messages about values that are not what they should be. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  const type = typeof value;
  return type === "undefined" ? type : `${type === "object" ? "an" : "a"} ${type}`;
}
