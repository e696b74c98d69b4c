import type { Novelty } from "./diff.js";
import type { FileData } from "./file-data.js";
import { FileHandle, isBlob, isBytes } from "./file-handle.js";
import { markedFiles, type FileNotation } from "./file-notation.js";
import { GradioFile } from "./gradio-file.js";
import type { JsonObject } from "./json.js";

/** Anything that is sent as a file, wherever it stands in an input. */
export type FileInput = FileHandle | GradioFile | Blob | ArrayBuffer | ArrayBufferView;

/** How many values a part must have before it is worth a place in the memory of what was seen. */
const worthRemembering = 32;

/** Every file in a value, at any depth of lists and plain objects; each one once, in order. */
export function collectFiles(data: unknown): FileInput[] {
  if (Array.isArray(data) && data.every(isScalar)) return [];
  const files = new Set<FileInput>();
  const seen = new Set<object>();
  const above: object[] = [];
  let visited = 0;
  const visit = (value: unknown): void => {
    visited += 1;
    if (typeof value !== "object" || value === null) return;
    if (!isContainer(value)) {
      if (isFileInput(value)) files.add(value);
      return;
    }
    if (seen.has(value) || above.includes(value)) return;
    const before = visited;
    above.push(value);
    for (const child of Array.isArray(value) ? value : Object.values(value)) visit(child);
    above.pop();
    if (visited - before >= worthRemembering) seen.add(value);
  };
  visit(data);
  return [...files];
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

/** The same value with every file replaced by what is found for it; the caller's objects stay as they are. */
export function fillFiles(data: unknown, found: ReadonlyMap<object, unknown>): unknown {
  if (found.size === 0) return data;
  const done = new Map<object, unknown>();
  const fill = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = found.get(value);
    if (known !== undefined) return known;
    if (!isContainer(value)) return value;
    if (done.has(value)) return done.get(value);
    // Stands for itself while it is looked at: a cycle ends here.
    done.set(value, value);
    const filled = mapChildren(value, fill);
    done.set(value, filled);
    return filled;
  };
  return fill(data);
}

/**
 * A result with every file data in it replaced by what `make` gives. Copies only what leads to a
 * file: where there is none, the very same value comes back.
 *
 * @param memo what earlier snapshots of the same stream have shown: parts that they share are not
 *   looked at again, and a file that they share stays the same one.
 */
export function mapFileData<T extends object>(
  value: unknown,
  make: (data: FileData) => T,
  memo: WeakMap<object, unknown> = new WeakMap(),
  notation: FileNotation = markedFiles,
): unknown {
  // Most values of most streams are a text or a number.
  if (typeof value !== "object" || value === null) return value;
  let visited = 0;
  const map = (value: unknown): unknown => {
    visited += 1;
    if (typeof value !== "object" || value === null) return value;
    const known = memo.get(value);
    if (known !== undefined) return known;
    const before = visited;
    const file = notation.read(value);
    const mapped = file === undefined ? mapChildren(value, map) : make(file);
    if (file !== undefined || visited - before >= worthRemembering) memo.set(value, mapped);
    return mapped;
  };
  return map(value);
}

/** Whether edits have brought a file into a value that had none, be it by a member that makes it one. */
export function bringsFileData(
  { copies, operands }: Novelty,
  notation: FileNotation = markedFiles,
): boolean {
  // Loops: a function for each would cost as much as what they do.
  for (const copy of copies) if (notation.read(copy) !== undefined) return true;
  for (const operand of operands) if (holdsFileData(operand, notation)) return true;
  return false;
}

function holdsFileData(value: unknown, notation: FileNotation): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (notation.read(value) !== undefined) return true;
  return Object.values(value).some((child) => holdsFileData(child, notation));
}

/** Whether a value is sent as a file. */
export function isFileInput(value: unknown): value is FileInput {
  return (
    value instanceof FileHandle || value instanceof GradioFile || isBytes(value) || isBlob(value)
  );
}

/** Lists and plain objects: other objects have a life of their own. */
function isContainer(value: object): value is JsonObject | readonly unknown[] {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return true;
  // An object of another realm has another `Object.prototype`, which has none above it either.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A copy with other children; the value itself when all of them stay the same. */
function mapChildren(value: object, map: (child: unknown) => unknown): object {
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let position = 0; position < value.length; position += 1) {
      const child: unknown = value[position];
      const mapped = map(child);
      if (Object.is(mapped, child)) continue;
      copy ??= value.slice();
      copy[position] = mapped;
    }
    return copy ?? value;
  }
  let entries: [string, unknown][] | undefined;
  for (const key of Object.keys(value)) {
    const child: unknown = (value as JsonObject)[key];
    const mapped = map(child);
    if (!Object.is(mapped, child)) (entries ??= []).push([key, mapped]);
  }
  // `fromEntries` defines members, so that one named `__proto__` is a member like any other.
  return entries === undefined ? value : Object.fromEntries([...Object.entries(value), ...entries]);
}
