/**
 * A string as a TypeScript literal. Characters that end a line for some readers, move the cursor of a
 * terminal or turn the direction of the text are written as escapes: the text comes from somebody
 * else's app.
 */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key as it stands in a type or a literal: in quotes unless it is a plain name. */
export function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}
