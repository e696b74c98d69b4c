const mark = "window.gradio_config";

/**
 * The config that the page of an app carries in a script, as JSON text: how very old apps tell it.
 * `undefined` when there is none. Looks at every character once.
 */
export function findPageConfig(html: string): string | undefined {
  const start = html.indexOf(mark);
  const open = start < 0 ? -1 : html.indexOf("{", start);
  if (open < 0 || html.slice(start + mark.length, open).trim() !== "=") return undefined;
  const end = endOfObject(html, open);
  return end === undefined ? undefined : html.slice(open, end);
}

/** Where the object that starts here is over; braces in its texts do not count. */
function endOfObject(text: string, open: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
