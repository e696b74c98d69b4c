import { isToken } from "../core/token.js";
import { InputError } from "../errors.js";
import type { Platform } from "../io/platform.js";

/** A Hugging Face token, and how it came here. */
export interface Token {
  readonly value: string;
  /** Where it was found, for messages: "the option token", "HF_TOKEN", … */
  readonly from: string;
  /** Whether the caller named it for this very connection. */
  readonly explicit: boolean;
}

/** What a caller may say about the token. */
export interface TokenOptions {
  readonly token?: string | false | undefined;
  readonly hfToken?: string | false | undefined;
}

/** The token that the caller names; `false` when there is to be none. */
function namedToken({ token, hfToken }: TokenOptions): Token | false | undefined {
  const named = token ?? hfToken;
  if (named === undefined || named === false) return named;
  return {
    value: named,
    from: token === undefined ? "the option hfToken" : "the option token",
    explicit: true,
  };
}

/** The token for the Hub and its Spaces: the caller's, else the one that this machine keeps. */
export async function findToken(
  options: TokenOptions,
  platform: Platform,
): Promise<Token | undefined> {
  const named = namedToken(options);
  if (named !== undefined) return named === false ? undefined : named;
  const saved = await platform.savedToken?.();
  if (saved === undefined) return undefined;
  if (isToken(saved.token)) return { value: saved.token, from: saved.from, explicit: false };
  throw new InputError("INVALID_OPTION", `${saved.from}: what is in it is not a token.`);
}

/** Whether an address is safe to send a token to: encrypted, or on this very machine. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === "https:" ||
    (protocol === "http:" && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname))
  );
}
