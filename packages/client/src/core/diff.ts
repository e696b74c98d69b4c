import { ProtocolError } from "../errors.js";

type Key = string | number;
type Container = unknown[] | Record<string, unknown>;

/**
 * Applies the edits that a server sends instead of a whole value (`sse_v2` and later).
 *
 * The value before stays as it is: only the containers along the edited paths are copied, each once.
 * An edit is `[operation, path, value]`. Servers of every version send wrong indices when they
 * delete from lists (their lists only ever shrink from the end), so a delete there always takes the
 * last element; checked against servers from 4.17 to 6.31.
 */
export function applyEdits(value: unknown, edits: unknown): unknown {
  if (!Array.isArray(edits)) throw malformed("it is not a list");
  const copies = new Set<unknown>();
  let current = value;
  for (const edit of edits) current = applyEdit(current, edit, copies);
  return current;
}

const operations: ReadonlySet<unknown> = new Set(["replace", "append", "add", "delete"]);

/**
 * Whether the entries of a message are edits, by their looks. For the first value of a job, which
 * should be whole: servers before 6.31 can take a run for another one of the session that was
 * stopped, and then send what differs from the last value of that.
 */
export function areEdits(data: readonly unknown[]): boolean {
  return (
    data.every((edits) => Array.isArray(edits) && edits.every(isEdit)) &&
    data.some((edits) => Array.isArray(edits) && edits.length > 0)
  );
}

function isEdit(edit: unknown): boolean {
  return (
    Array.isArray(edit) && edit.length === 3 && operations.has(edit[0]) && Array.isArray(edit[1])
  );
}

/**
 * The value of edits to something unknown.
 *
 * @throws ProtocolError unless they replace the whole of it.
 */
export function replacement(edits: unknown): unknown {
  const [first] = edits as readonly (readonly [unknown, readonly unknown[]])[];
  if (first?.[0] === "replace" && first[1].length === 0) return applyEdits(null, edits);
  throw malformed("it is a change to a value of another call");
}

function applyEdit(value: unknown, edit: unknown, copies: Set<unknown>): unknown {
  if (!Array.isArray(edit) || !Array.isArray(edit[1])) throw malformed("an edit has no path");
  const [operation, path, operand] = edit as [unknown, unknown[], unknown];
  const last = path.at(-1);
  if (last === undefined) {
    return operation === "delete" ? null : combine(operation, value, operand);
  }
  const root = copied(value, copies);
  let container = root;
  for (const step of path.slice(0, -1)) {
    const child = copied(read(container, step), copies);
    write(container, step, child);
    container = child;
  }
  edited(container, operation, last, operand);
  return root;
}

function edited(container: Container, operation: unknown, key: unknown, operand: unknown): void {
  if (operation === "delete") {
    if (Array.isArray(container)) container.pop();
    else delete container[keyOf(key)];
  } else if (operation === "add" && Array.isArray(container)) {
    container.splice(Number(key), 0, operand);
  } else if (operation === "add") {
    write(container, key, operand);
  } else {
    write(container, key, combine(operation, read(container, key), operand));
  }
}

function combine(operation: unknown, before: unknown, operand: unknown): unknown {
  if (operation === "replace" || operation === "add") return operand;
  if (operation === "append" && typeof before === "string" && typeof operand === "string") {
    return before + operand;
  }
  throw malformed(`it cannot ${JSON.stringify(operation)} to ${typeof before}`);
}

function copied(value: unknown, copies: Set<unknown>): Container {
  if (typeof value !== "object" || value === null) throw malformed("its path leads nowhere");
  if (copies.has(value)) return value as Container;
  const copy = Array.isArray(value) ? value.slice() : { ...value };
  copies.add(copy);
  return copy;
}

function read(container: Container, key: unknown): unknown {
  return Object.hasOwn(container, keyOf(key)) ? Reflect.get(container, keyOf(key)) : undefined;
}

/** Defines the member, so that a key such as `__proto__` is only a key. */
function write(container: Container, key: unknown, value: unknown): void {
  if (Array.isArray(container) && !(Number.isInteger(key) && Number(key) <= container.length)) {
    throw malformed("its path leads nowhere");
  }
  Object.defineProperty(container, keyOf(key), {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function keyOf(key: unknown): Key {
  if (typeof key === "string" || (typeof key === "number" && key >= 0)) return key;
  throw malformed("its path has a step that is neither a key nor an index");
}

function malformed(why: string): ProtocolError {
  return new ProtocolError(
    "UNEXPECTED_MESSAGE",
    `The app sent a change that makes no sense: ${why}.`,
  );
}
