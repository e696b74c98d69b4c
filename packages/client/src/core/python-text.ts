/** A text between quotes, in which quotes of the same kind are escaped. */
const quoted = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")$/s;
const escaped = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs;
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** What is longer is no message for people. */
const longest = 10_000;

/** The text that Python's `repr` has put between quotes; any other text stays as it is. */
export function unquote(text: string): string {
  const found = text.length > longest ? null : quoted.exec(text);
  if (found === null) return text;
  const inner = found[1] ?? found[2] ?? "";
  return inner.replaceAll(
    escaped,
    (_all, two?: string, four?: string, eight?: string, other = ""): string => {
      const code = two ?? four ?? eight;
      if (code === undefined) return controls[other] ?? other;
      const point = Number.parseInt(code, 16);
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : "\uFFFD";
    },
  );
}
