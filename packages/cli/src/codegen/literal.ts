/**
 * A text as a TypeScript literal. What ends a line for some readers or turns the direction of the text
 * is written as an escape: it comes from somebody else's app.
 */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key of an object type: in quotes unless it is a plain name. */
export function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** Words of the language: TypeScript does not take all of them as labels. */
const reserved = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends " +
    "false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof var void while " +
    "with yield"
  ).split(" "),
);

/** The label of a member of a tuple: an identifier that reads like the text. */
export function tupleLabel(text: string): string {
  const [first = "", ...others] = text.normalize("NFKC").match(/[\p{L}\p{N}_$]+/gu) ?? [];
  const joined = [
    first.slice(0, 1).toLowerCase() + first.slice(1),
    ...others.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  ].join("");
  const name = /^\p{N}/u.test(joined) ? `_${joined}` : reserved.has(joined) ? `${joined}_` : joined;
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]{0,59}$/u.test(name) ? name : "value";
}
