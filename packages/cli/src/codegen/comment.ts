/** More of a description than this is left out. */
const longestLine = 300;
const mostLines = 40;

/** Texts of an app as a TSDoc comment; nothing in them can end it or be taken for a tag. */
export function comment(texts: readonly string[], indent: string): string[] {
  const lines = texts.flatMap((text) => text.split("\n")).map(commentLine);
  while (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) return [];
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`];
  return [
    `${indent}/**`,
    ...lines.slice(0, mostLines).map((line) => `${indent} *${line && ` ${line}`}`),
    `${indent} */`,
  ];
}

function commentLine(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, " ")
    .replaceAll("*/", "*\\/")
    .replaceAll(/(^|\s)@/g, "$1\\@")
    .trim();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
