/** A change of a value: what, where, and with what. */
type Edit = readonly [kind: string, path: readonly (string | number)[], value: unknown];

/**
 * Applies the edits that a step of a generator consists of: these apps only ever replace a whole
 * output, or append to a text in it. What is on the way to the change is copied, the rest is shared.
 */
export function applyEdits(value: unknown, edits: readonly Edit[]): unknown {
  let result = value;
  for (const [kind, path, change] of edits) {
    if (kind !== "append" && kind !== "replace")
      throw new Error(`an edit of another kind: ${kind}`);
    result = editAt(result, path, 0, kind, change);
  }
  return result;
}

function editAt(
  value: unknown,
  path: readonly (string | number)[],
  depth: number,
  kind: "append" | "replace",
  change: unknown,
): unknown {
  const key = path[depth];
  if (key === undefined) return kind === "append" ? (value as string) + (change as string) : change;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const parent = copy as Record<string | number, unknown>;
  parent[key] = editAt(parent[key], path, depth + 1, kind, change);
  return copy;
}
