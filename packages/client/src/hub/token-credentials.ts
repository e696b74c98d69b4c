import { isSamePlace, type Credentials } from "../io/credentials.js";
import type { Transport } from "../io/platform.js";
import { isSafe, type Token } from "./token.js";

/**
 * The token in a header, for one place only, and never in the clear.
 *
 * In front of a Space both `authorization` and `x-hf-authorization` open it. The second one leaves
 * `authorization` to the app. But a runtime that follows redirects by itself takes only the first
 * one off when it leads to another origin, so there it is the first one.
 */
export function tokenFor(token: Token, url: string, transport: Transport): Credentials {
  const name = transport.followsRedirects === true ? "authorization" : "x-hf-authorization";
  const headers = { [name]: `Bearer ${token.value}` };
  return {
    headersFor: (target) =>
      URL.canParse(target) && isSafe(target) && isSamePlace(url, target) ? headers : {},
    secrets: () => [token.value],
  };
}
