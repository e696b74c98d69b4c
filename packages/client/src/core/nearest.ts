import { closestMatch } from "leven";

/** How many names a message lists before it only counts the rest. */
const listed = 20;

/**
 * The end of a message about an unknown name: what was probably meant, and what there is.
 *
 * @example ` Did you mean "/greet"? There are: /greet, /count.`
 */
export function suggest(wrong: string, names: readonly string[]): string {
  const nearest = closestMatch(wrong, names, {
    maxDistance: Math.max(2, Math.floor(wrong.length / 3)),
  });
  return `${nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`}${list(names)}`;
}

/** The names there are, as the end of a message. */
export function list(names: readonly string[]): string {
  if (names.length === 0) return " There are none.";
  const more = names.length > listed ? ` and ${names.length - listed} more` : "";
  return ` There are: ${names.slice(0, listed).join(", ")}${more}.`;
}
