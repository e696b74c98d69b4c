/** Not as a literal: engines look such properties up while they read a file, for every program. */
const spaceOrControl = (): RegExp =>
  new RegExp(String.raw`[\s\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+`, "gu");

/**
 * Text of an app as one line of a comment: nothing in it can end the comment, or do more in a terminal
 * than stand there.
 */
export function commentLine(text: string, longest = 300): string {
  const line = text.replace(spaceOrControl(), " ").replaceAll("*/", "* /").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
