import { stripVTControlCharacters } from "node:util";

/**
 * A text that a terminal may be given. What apps send could otherwise move the cursor, change the
 * window's title or hide what was typed; a pipe gets such a text as it is.
 */
export function printable(text: string): string {
  const plain = stripVTControlCharacters(text.replaceAll("\r\n", "\n"));
  return plain.replaceAll(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "");
}
