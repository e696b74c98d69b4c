/** What {@link applyNaively} throws for edits that make no sense. */
export class Refused extends Error {}

/**
 * A second implementation of edits, by the rules of the protocol and by nothing else: it copies
 * everything, and walks a path from a list that holds the value, so that the whole is a member as well.
 */
export function applyNaively(value: unknown, edits: unknown): unknown {
  const holder = [JSON.parse(JSON.stringify(value)) as unknown];
  if (!Array.isArray(edits)) throw new Refused();
  for (const edit of edits) {
    if (!Array.isArray(edit) || !Array.isArray(edit[1])) throw new Refused();
    const [operation, path, operand] = JSON.parse(JSON.stringify(edit)) as [
      unknown,
      unknown[],
      unknown,
    ];
    let place: unknown = holder;
    let key: unknown = 0;
    for (const step of path) {
      place = memberOf(place, key);
      key = step;
    }
    change(place, key, operation, operand, place === holder);
  }
  return holder[0];
}

function change(
  place: unknown,
  key: unknown,
  operation: unknown,
  operand: unknown,
  isWhole: boolean,
): void {
  if (operation === "delete" && isWhole) return set(place, key, null);
  if (operation === "delete" && Array.isArray(place)) return void place.pop();
  if (operation === "delete" && isObject(place)) {
    delete place[nameOf(key)];
    return;
  }
  if (operation === "add" && Array.isArray(place) && !isWhole) {
    if (!isIndex(key, place.length)) throw new Refused();
    place.splice(key, 0, operand);
    return;
  }
  if (operation === "add" || operation === "replace") return set(place, key, operand);
  if (operation !== "append") throw new Refused();
  const before = memberOf(place, key);
  if (typeof before !== "string" || typeof operand !== "string") throw new Refused();
  set(place, key, before + operand);
}

/** A list takes an index up to its end, an object any name. */
function set(place: unknown, key: unknown, value: unknown): void {
  if (Array.isArray(place)) {
    if (!isIndex(key, place.length)) throw new Refused();
    place[key] = value;
  } else if (isObject(place)) {
    const plain = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(place, nameOf(key), { value, ...plain });
  } else throw new Refused();
}

function memberOf(place: unknown, key: unknown): unknown {
  if (Array.isArray(place)) {
    if (!isIndex(key, place.length - 1)) throw new Refused();
    return place[key];
  }
  if (!isObject(place) || !Object.hasOwn(place, nameOf(key))) throw new Refused();
  return Object.getOwnPropertyDescriptor(place, nameOf(key))?.value;
}

function isIndex(key: unknown, last: number): key is number {
  return typeof key === "number" && Number.isInteger(key) && key >= 0 && key <= last;
}

/** A number that names the member of an object is its text. */
function nameOf(key: unknown): string {
  if (typeof key === "string") return key;
  if (typeof key === "number" && key >= 0) return String(key);
  throw new Refused();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
