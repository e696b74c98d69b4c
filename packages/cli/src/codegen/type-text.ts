/** Longer types stand in the file once, and are named where they come again. */
const longestRepeated = 60;
/** Longer unions get a line for each member, so that a diff shows which one is new. */
const longestLine = 80;

/** A type where it is declared. */
export function declaredType(type: string, indent: string): string {
  if (type.length <= longestLine) return type;
  const members = type.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  if (members.join(" | ") !== type) return type;
  return members.map((member) => `\n${indent}  | ${member}`).join("");
}

/** The same type once more: itself, or a way to where it is declared. */
export function repeatedType(type: string, place: string): string {
  return type.length <= longestRepeated ? type : place;
}
