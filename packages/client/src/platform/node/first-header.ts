import type { IncomingMessage } from "node:http";

/**
 * A header of an answer, the first one of its name. By looking for it: `headers` are made of all of
 * them when they are first asked for, which takes longer than all else that is done with an answer.
 *
 * @param name in lower case.
 */
export function firstHeader({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const found = rawHeaders[at];
    if (found?.length === name.length && found.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}
