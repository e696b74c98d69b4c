import { execFile } from "node:child_process";
import { isDeepStrictEqual, promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { interpreterOf } from "../../../../tests/harness/gradio-versions.js";
import { applyEdits } from "../../src/core/diff.js";

const program = fileURLToPath(new URL("gradio_diff.py", import.meta.url));

/** The first that says how far a delete has shifted, and one that does not. */
it.each(["6.31.0", "4.19.2"])("the edits of Gradio %s give what it meant", async (version) => {
  const { stdout } = await promisify(execFile)(interpreterOf(version), [program, "1", "600"]);
  const pairs = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as [unknown, unknown, unknown[]]);
  expect(pairs).toHaveLength(600);
  expect(pairs.filter(([, , edits]) => edits.length > 0).length).toBeGreaterThan(300);
  for (const [before, after, edits] of pairs) {
    const applied = applyEdits(before, edits);
    // For Python `true` is 1 and 1.0, and no reason for an edit.
    if (!isDeepStrictEqual(loose(applied), loose(after))) {
      expect({ before, edits, value: applied }).toEqual({ before, edits, value: after });
    }
  }
});

/** Numbers for `true` and `false`, as Python compares them. */
function loose(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  if (Array.isArray(value)) return value.map(loose);
  if (typeof value !== "object" || value === null) return value;
  return new Map(Object.entries(value).map(([key, member]) => [key, loose(member)]));
}
