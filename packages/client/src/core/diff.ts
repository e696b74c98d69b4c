import { ProtocolError } from "../errors.js";

type Key = string | number;
type Container = unknown[] | Record<string, unknown>;

/** What edits have brought into a value: everything else in it is shared with the value before. */
export interface Novelty {
  /** The copies of the containers along the edited paths. */
  readonly copies: object[];
  /** What came with the edits, as deep as it goes. */
  readonly operands: unknown[];
}

export function noNovelty(): Novelty {
  return { copies: [], operands: [] };
}

/**
 * Applies the edits that a server sends instead of a whole value (`sse_v2` and later).
 *
 * The value before stays as it is: only the containers along the edited paths are copied, each once.
 * An edit is `[operation, path, value]`. Servers of every version send wrong indices when they
 * delete from lists (their lists only ever shrink from the end), so a delete there always takes the
 * last element; checked against servers from 4.17 to 6.31.
 *
 * @param novelty is told what is new in the value.
 */
export function applyEdits(
  value: unknown,
  edits: unknown,
  novelty: Novelty = noNovelty(),
): unknown {
  if (!Array.isArray(edits)) throw malformed("it is not a list");
  // Most messages bring one edit, which comes by no container twice.
  const fresh = edits.length > 1 ? new Set<object>() : undefined;
  let current = value;
  for (const edit of edits) current = applyEdit(current, edit, novelty, fresh);
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

function applyEdit(
  value: unknown,
  edit: unknown,
  { copies, operands }: Novelty,
  fresh: Set<object> | undefined,
): unknown {
  if (!Array.isArray(edit) || !Array.isArray(edit[1])) throw malformed("an edit has no path");
  const [operation, path, operand] = edit as [unknown, unknown[], unknown];
  if (typeof operand === "object" && operand !== null) operands.push(operand);
  const end = path.length - 1;
  if (end < 0) return operation === "delete" ? null : combine(operation, value, operand);
  const root = copied(value, copies, fresh);
  let container = root;
  for (let depth = 0; depth < end; depth += 1) {
    const step = path[depth];
    const child = copied(read(container, step), copies, fresh);
    write(container, step, child);
    container = child;
  }
  edited(container, operation, path[end], operand);
  return root;
}

function edited(container: Container, operation: unknown, key: unknown, operand: unknown): void {
  if (operation === "delete") {
    if (Array.isArray(container)) container.pop();
    else delete container[keyOf(key)];
  } else if (operation === "add" && Array.isArray(container)) {
    checkIndex(container, key);
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

/** @param fresh the copies that were made for this message, where one may be met again. */
function copied(value: unknown, copies: object[], fresh: Set<object> | undefined): Container {
  if (typeof value !== "object" || value === null) throw malformed("its path leads nowhere");
  if (fresh?.has(value) === true) return value as Container;
  // Not by `slice`: V8 takes a hundred times as long for that when the list is frozen.
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  copies.push(copy);
  fresh?.add(copy);
  return copy;
}

function read(container: Container, key: unknown): unknown {
  const name = keyOf(key);
  return Object.hasOwn(container, name) ? (container as Record<Key, unknown>)[name] : undefined;
}

/** A member that is not there yet is defined, so that a key such as `__proto__` is only a key. */
function write(container: Container, key: unknown, value: unknown): void {
  if (Array.isArray(container)) checkIndex(container, key);
  const name = keyOf(key);
  if (Object.hasOwn(container, name)) (container as Record<Key, unknown>)[name] = value;
  else {
    const plain = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(container, name, { value, ...plain });
  }
}

/** Where something can be put in a list: at its places, and at its end. */
function checkIndex(list: readonly unknown[], key: unknown): void {
  if (Number.isInteger(key) && Number(key) >= 0 && Number(key) <= list.length) return;
  throw malformed("its path leads nowhere");
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
