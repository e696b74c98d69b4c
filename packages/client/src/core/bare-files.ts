import { asArray, isObject, type JsonObject } from "./json.js";
import type { Path } from "./json-problem.js";
import { dereference, isFileSchema } from "./schema.js";

/** A schema may lead back to itself: it is followed so deep and so long, and no further. */
const deepest = 50;
const mostSteps = 20_000;

interface Scope {
  readonly root: JsonObject;
  depth: number;
  steps: number;
}

/**
 * Finds a string, number or boolean where a schema wants a file. Of all that a schema says this is
 * what every server holds to: it never reads a bare value as a file, neither as a path nor as an
 * address. (Choices, ranges and types are only hints: apps change them while they run, and a text box
 * takes a number.)
 *
 * @returns where it is, from the outside in, or `undefined`.
 */
export function findBareFile(schema: JsonObject, value: unknown): Path | undefined {
  return find(schema, value, [], { root: schema, depth: 0, steps: 0 });
}

function find(raw: unknown, value: unknown, path: Path, scope: Scope): Path | undefined {
  scope.steps += 1;
  if (!isObject(raw) || value === null || value === undefined) return undefined;
  if (scope.depth > deepest || scope.steps > mostSteps) return undefined;
  scope.depth += 1;
  const found = findIn(dereference(raw, scope.root), value, path, scope);
  scope.depth -= 1;
  return found;
}

function findIn(schema: JsonObject, value: unknown, path: Path, scope: Scope): Path | undefined {
  const bare = typeof value !== "object";
  if (isFileSchema(schema, scope.root)) return bare ? path : undefined;
  const branches = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(branches)) return findInAll(branches, value, path, scope);
  if (schema["type"] === "array") {
    const { items } = schema;
    if (bare) return find(items, value, path, scope);
    return firstOf(asArray(value), (item, index) => find(items, item, [...path, index], scope));
  }
  if (bare) return wantsFile(schema, scope) ? path : undefined;
  return firstOf(propertiesOf(schema), ([key, property]) =>
    isObject(value) && Object.hasOwn(value, key)
      ? find(property, value[key], [...path, key], scope)
      : undefined,
  );
}

/** Only what no branch takes is wrong; branches that the value cannot belong to do not count. */
function findInAll(
  branches: readonly unknown[],
  value: unknown,
  path: Path,
  scope: Scope,
): Path | undefined {
  let found: Path | undefined;
  for (const branch of branches) {
    if (!mayBe(branch, value, scope)) continue;
    const inside = find(branch, value, path, scope);
    if (inside === undefined) return undefined;
    found ??= inside;
  }
  return found;
}

function mayBe(branch: unknown, value: unknown, scope: Scope): boolean {
  if (!isObject(branch)) return true;
  const schema = dereference(branch, scope.root);
  if (schema["type"] === "null") return false;
  return !isObject(value) || required(schema).every((key) => Object.hasOwn(value, key));
}

/** Whether an object cannot be without a file: an entry of a gallery, a video with its subtitles. */
function wantsFile(schema: JsonObject, scope: Scope): boolean {
  const needed = required(schema);
  return propertiesOf(schema).some(
    ([key, property]) =>
      needed.includes(key) &&
      isObject(property) &&
      isFileSchema(dereference(property, scope.root), scope.root),
  );
}

function propertiesOf(schema: JsonObject): readonly [string, unknown][] {
  return isObject(schema["properties"]) ? Object.entries(schema["properties"]) : [];
}

function required(schema: JsonObject): readonly string[] {
  return asArray(schema["required"]).filter((key) => typeof key === "string");
}

function firstOf<Item>(
  items: readonly Item[],
  test: (item: Item, index: number) => Path | undefined,
): Path | undefined {
  for (const [index, item] of items.entries()) {
    const found = test(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
