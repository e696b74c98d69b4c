import { createTwoFilesPatch } from "diff";
import { colours } from "../screen/colour.js";
import { printable } from "../screen/printable.js";

/** What is different in two texts, as `diff -u` shows it; in colours on a terminal. */
export function fileDiff(path: string, before: string, app: string, after: string): string {
  const paint = colours(process.stdout);
  const patch = createTwoFilesPatch(path, app, before, after, undefined, undefined, { context: 4 });
  const [, ...lines] = patch.trimEnd().split("\n");
  return lines
    .map((line) => {
      const text = printable(line);
      if (line.startsWith("+")) return paint("green", text);
      return line.startsWith("-") ? paint("red", text) : text;
    })
    .join("\n");
}
