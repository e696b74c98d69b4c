import type { Novelty } from "./diff.js";

/**
 * Makes a value that shares parts with earlier and later ones read-only, so that nobody changes all
 * of them by changing one. Stops at what is frozen already: a value costs only what is new in it.
 */
export function freezeSnapshot<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) freezeSnapshot(child);
  return value;
}

/** The same for a value that edits have made of a frozen one: looks at what they have brought. */
export function freezeNovelty({ copies, operands }: Novelty): void {
  for (const copy of copies) Object.freeze(copy);
  for (const operand of operands) freezeSnapshot(operand);
}
