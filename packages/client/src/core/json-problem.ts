/** Where in a value something is, from the outside in. */
export type Path = readonly (string | number)[];

/** No server reads JSON that is nested deeper: Python's own limit is about a thousand. */
const deepest = 2000;

/** Something in a value that JSON cannot carry. */
export interface JsonProblem {
  readonly path: Path;
  /** What it is, to be read after its place: `is a bigint, …`. */
  readonly text: string;
}

/** The objects around a value, and whether one of them is an instance of a class. */
interface Around {
  readonly objects: Set<object>;
  readonly instance: boolean;
}

/**
 * Finds what JSON would refuse, or lose without a word.
 *
 * @param isFileLike tells what is sent as a file.
 */
export function findJsonProblem(
  value: unknown,
  isFileLike: (value: object) => boolean,
): JsonProblem | undefined {
  return find(value, isFileLike, { objects: new Set(), instance: false });
}

function find(
  value: unknown,
  isFileLike: (value: object) => boolean,
  around: Around,
): JsonProblem | undefined {
  if (typeof value === "symbol") return problem("is a symbol, which JSON cannot carry.");
  if (typeof value === "bigint" || typeof value === "function") {
    if (writesItself(value)) return undefined;
    return problem(`is a ${typeof value}, which JSON cannot carry.`);
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (isFileLike(value)) {
    // Files are looked for in lists and plain objects only.
    return around.instance
      ? problem("is a file inside an instance of a class: use a plain object.")
      : undefined;
  }
  if (writesItself(value)) return undefined;
  if (around.objects.has(value)) return problem("is an object that contains itself.");
  if (around.objects.size > deepest) return problem(`is nested over ${deepest} levels deep.`);
  around.objects.add(value);
  const found = Array.isArray(value)
    ? findInArray(value, isFileLike, around)
    : findInObject(value, isFileLike, around);
  around.objects.delete(value);
  return found;
}

function findInArray(
  items: readonly unknown[],
  isFileLike: (value: object) => boolean,
  around: Around,
): JsonProblem | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const found = find(items[index], isFileLike, around);
    if (found !== undefined) return { ...found, path: [index, ...found.path] };
  }
  return undefined;
}

function findInObject(
  value: object,
  isFileLike: (value: object) => boolean,
  around: Around,
): JsonProblem | undefined {
  if (Symbol.asyncIterator in value) return problem("is a stream: pass handleFile(…) around it.");
  const kind = classOf(value);
  const members = Object.entries(value);
  if (kind !== undefined && members.length === 0) {
    // A Map, a Set or a Promise would arrive as `{}`.
    return problem(`is a ${kind}, of which JSON carries nothing.`);
  }
  const inner = kind === undefined ? around : { ...around, instance: true };
  for (const [key, member] of members) {
    const found = find(member, isFileLike, inner);
    if (found !== undefined) return { ...found, path: [key, ...found.path] };
  }
  return undefined;
}

function problem(text: string): JsonProblem {
  return { path: [], text };
}

/** Whether a value says by itself how it is written, as dates and addresses do. */
function writesItself(value: object | bigint): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === "function";
}

/** The class of an object; `undefined` for plain ones, wherever they were made. */
function classOf(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  const { constructor } = value;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "object";
}
