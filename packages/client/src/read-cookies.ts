import { invalidOption } from "./check-options.js";

/** Names and values as RFC 6265 has them: nothing that would end a cookie or a header. */
const validName = /^[!#$%&'*+.^`|~\w-]+$/;
const validValue = /^[^\s;,"\\\p{Cc}]*$|^"[^\s;,"\\\p{Cc}]*"$/u;

/**
 * Reads the option `http.cookies`; the caller's object stays as it is.
 *
 * @throws InputError `INVALID_OPTION` that names the cookie, never its value.
 */
export function readCookies(
  input: string | Readonly<Record<string, string>>,
): Record<string, string> {
  const cookies = typeof input === "string" ? parse(input) : Object.entries(input);
  for (const [name, value] of cookies) {
    if (!validName.test(name) || !validValue.test(value)) {
      const which = validName.test(name) ? `the value of "${name}"` : "a name in it";
      throw invalidOption(`http.cookies: ${which} is not valid in a cookie.`);
    }
  }
  return Object.fromEntries(cookies);
}

function parse(header: string): [name: string, value: string][] {
  return header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair) => {
      const end = pair.indexOf("=");
      return end < 0 ? ["", pair] : [pair.slice(0, end), pair.slice(end + 1)];
    });
}
