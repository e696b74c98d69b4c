/**
 * The words of a line as a shell reads them; the last one is what is being typed, and is empty behind
 * a space.
 */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [, escaped, single, double, space, plain] of line.matchAll(
    /\\(.)|'([^']*)'?|"((?:[^"\\]|\\.)*)"?|(\s+)|([^\s'"\\]+|\\$)/gs,
  )) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word =
      (word ?? "") + (escaped ?? single ?? double?.replaceAll(/\\(["\\$`])/g, "$1") ?? plain ?? "");
  }
  return [...words, word ?? ""];
}
