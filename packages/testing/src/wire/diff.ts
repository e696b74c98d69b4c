/** One edit of a streamed output: operation, path from the root, new value. */
export type Edit = [operation: "replace" | "append" | "add" | "delete", path: Path, value: unknown];
type Path = (string | number)[];

/**
 * The edits that turn `before` into `after`, as servers since 5.29.1 compute them.
 *
 * Faults of the original are kept on purpose, clients have to live with them: equality is
 * Python's (`1 == true`), and the indices of array deletes are lowered once per enclosing list,
 * so that deletes inside nested lists carry wrong, even negative, indices.
 */
export function diff(before: unknown, after: unknown, path: Path = []): Edit[] {
  if (pythonEquals(before, after)) return [];
  if (kindOf(before) !== kindOf(after)) return [["replace", path, after]];
  if (typeof before === "string" && typeof after === "string" && after.startsWith(before)) {
    return [["append", path, after.slice(before.length)]];
  }
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path);
  if (isObject(before) && isObject(after)) return diffObjects(before, after, path);
  return [["replace", path, after]];
}

/** The edits of an output whose component is opaque (JSON): the whole value or nothing. */
export function diffOpaque(before: unknown, after: unknown): Edit[] {
  return pythonEquals(before, after) ? [] : [["replace", [], after]];
}

function diffLists(before: unknown[], after: unknown[], path: Path): Edit[] {
  const common = Math.min(before.length, after.length);
  const edits: Edit[] = [];
  for (let index = 0; index < common; index += 1) {
    edits.push(...diff(before[index], after[index], [...path, index]));
  }
  for (let index = common; index < before.length; index += 1) {
    edits.push(["delete", [...path, index], null]);
  }
  for (let index = common; index < after.length; index += 1) {
    edits.push(["add", [...path, index], after[index]]);
  }
  let deletes = 0;
  for (const [operation, editPath] of edits) {
    const last = editPath.at(-1);
    if (operation !== "delete" || typeof last !== "number") continue;
    editPath[editPath.length - 1] = last - deletes;
    deletes += 1;
  }
  return edits;
}

function diffObjects(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: Path,
): Edit[] {
  const edits: Edit[] = [];
  for (const [key, value] of Object.entries(before)) {
    if (Object.hasOwn(after, key)) edits.push(...diff(value, after[key], [...path, key]));
    else edits.push(["delete", [...path, key], null]);
  }
  for (const [key, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, key)) edits.push(["add", [...path, key], value]);
  }
  return edits;
}

function pythonEquals(a: unknown, b: unknown): boolean {
  if (isScalar(a) && isScalar(b)) return Number(a) === Number(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => pythonEquals(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && pythonEquals(a[key], b[key]))
    );
  }
  return a === b;
}

function isScalar(value: unknown): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
