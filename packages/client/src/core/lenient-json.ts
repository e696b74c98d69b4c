/** What Python's `json` writes for numbers that JSON has no words for. */
const words = ["NaN", "Infinity", "-Infinity"];

/**
 * Reads JSON in which numbers without a finite value stand as `NaN` or `Infinity`: they become `null`,
 * as the queue writes them.
 *
 * @throws SyntaxError when it is no JSON even then.
 */
export function parseLenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!words.some((word) => text.includes(word))) throw error;
    return JSON.parse(withoutWords(text));
  }
}

/** One pass; inside of texts the words are just words. */
function withoutWords(text: string): string {
  const parts: string[] = [];
  let done = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "N" || character === "I" || character === "-")) {
      const word = words.find((candidate) => text.startsWith(candidate, at));
      if (word === undefined) continue;
      parts.push(text.slice(done, at), "null");
      at += word.length - 1;
      done = at + 1;
    }
  }
  return parts.join("") + text.slice(done);
}
