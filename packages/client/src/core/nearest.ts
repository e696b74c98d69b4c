import leven from "leven";

/** How many names a message lists before it only counts the rest. */
const listed = 20;
/** Nobody mistypes a longer one, and distances grow with the square of the length. */
const longest = 200;

/**
 * The end of a message about an unknown name: what was probably meant, and what there is.
 *
 * @example ` Did you mean "/greet"? There are: /greet, /count.`
 */
export function suggest(wrong: string, names: readonly string[]): string {
  const nearest = nearestOf(wrong, names);
  return `${nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`}${list(names)}`;
}

/** The names there are, as the end of a message. */
export function list(names: readonly string[]): string {
  if (names.length === 0) return " There are none.";
  const more = names.length > listed ? ` and ${names.length - listed} more` : "";
  return ` There are: ${names.slice(0, listed).map(cut).join(", ")}${more}.`;
}

function cut(name: string): string {
  return name.length > longest ? `${name.slice(0, longest)}…` : name;
}

function nearestOf(wrong: string, names: readonly string[]): string | undefined {
  if (wrong.length > longest) return undefined;
  let nearest: string | undefined;
  // Further away, a name is another one rather than a slip of the fingers.
  let maxDistance = Math.max(2, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    const distance = leven(wrong, name, { maxDistance });
    if (distance < maxDistance) {
      nearest = name;
      maxDistance = distance;
    }
  }
  return nearest;
}
