export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Edit = [operation: string, path: (string | number)[], value: Json];

/** Edits as a server makes them: lists only ever grow and shrink at their end. */
export function editsBetween(before: Json, after: Json, path: (string | number)[] = []): Edit[] {
  if (typeof before === "string" && typeof after === "string" && after.startsWith(before)) {
    return before === after ? [] : [["append", path, after.slice(before.length)]];
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const common = Math.min(before.length, after.length);
    const inside = before
      .slice(0, common)
      .flatMap((value, at) => editsBetween(value, after[at] ?? null, [...path, at]));
    const dropped = before
      .slice(common)
      .map((_, at): Edit => ["delete", [...path, common + at], null]);
    const added = after
      .slice(common)
      .map((value, at): Edit => ["add", [...path, common + at], value]);
    return [...inside, ...dropped, ...added];
  }
  if (isObject(before) && isObject(after)) {
    const kept = Object.keys(before).flatMap((key): Edit[] => {
      const old = Object.getOwnPropertyDescriptor(before, key)?.value as Json;
      if (!Object.hasOwn(after, key)) return [["delete", [...path, key], null]];
      return editsBetween(old, Object.getOwnPropertyDescriptor(after, key)?.value as Json, [
        ...path,
        key,
      ]);
    });
    const added = Object.keys(after)
      .filter((key) => !Object.hasOwn(before, key))
      .map((key): Edit => [
        "add",
        [...path, key],
        Object.getOwnPropertyDescriptor(after, key)?.value as Json,
      ]);
    return [...kept, ...added];
  }
  return Object.is(before, after) ? [] : [["replace", path, after]];
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
