import type { ClientOptions } from "@gradio-kit/client";
import type { ConnectionWords } from "../commands/connection-options.js";
import { UsageError } from "../failure/usage-error.js";
import { readPassword } from "./password.js";

/**
 * What the client is told, from what was typed.
 *
 * @throws UsageError for what is not right.
 */
export async function clientOptions(
  words: ConnectionWords,
  signal: AbortSignal,
): Promise<ClientOptions> {
  const { token, auth, proxy, insecure = false, timeout, quiet = false, verbose = false } = words;
  if (quiet && verbose) throw new UsageError("--quiet and --verbose contradict each other.");
  return {
    signal,
    verbose,
    ...(token === undefined ? {} : { token }),
    ...(auth === undefined ? {} : { auth: [auth, await readPassword(auth, signal)] }),
    ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
    ...(words.header === undefined ? {} : { headers: words.header.map(readHeader) }),
    http: {
      ...(proxy === undefined ? {} : { proxy }),
      ...(words.cookie === undefined ? {} : { cookies: readCookies(words.cookie) }),
    },
    sslVerify: !insecure,
  };
}

function readHeader(text: string): [name: string, value: string] {
  const at = text.indexOf(":");
  // Never shows what is behind it: that can be a secret.
  if (at < 1) throw new UsageError('--header: it must be "name: value".');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function readCookies(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new UsageError("--cookie: it must be name=value.");
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}
