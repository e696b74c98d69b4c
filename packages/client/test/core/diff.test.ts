import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/core/diff.js";
import { ProtocolError } from "../../src/errors.js";
import { applyNaively, Refused } from "./apply-naively.js";
import { editsBetween, type Json } from "./edits-between.js";

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** Few keys, so that paths hit. */
const key = fc.constantFrom("a", "b", "__proto__", "0");
const small = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, 1, "text", ""),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const step = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(key, fc.nat(3)) as fc.Arbitrary<unknown> },
  fc.constantFrom<unknown>(-1, 1.5, null, "length", [0], 4_000_000_000),
);
const path = fc.array(step, { maxLength: 3 });
const operation = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("replace", "append", "add", "delete") },
  fc.constantFrom("swap", "", "__proto__"),
);

/** The value as JSON, or that it was refused in the way in which it must be. */
function outcome(apply: () => unknown, refusal: new (...args: never[]) => Error): string {
  try {
    return JSON.stringify(sorted(apply()));
  } catch (error) {
    if (error instanceof refusal) return "refused";
    throw error;
  }
}

describe("applyEdits", () => {
  it("turns any value into any other by the edits between them, and leaves the first alone", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const kept = JSON.stringify(before);
        expect(JSON.stringify(sorted(applyEdits(before, editsBetween(before, after))))).toBe(
          JSON.stringify(sorted(after)),
        );
        expect(JSON.stringify(before)).toBe(kept);
      }),
    );
  });

  it("does what a naive implementation does with any edits, and refuses the same ones", () => {
    const edit = fc.oneof(
      { weight: 20, arbitrary: fc.tuple(operation, path, json) },
      fc.tuple(fc.constant("append"), path, fc.string()),
      fc.constantFrom<unknown>(null, "x", [], ["replace"], ["replace", "a", 1], { length: 3 }),
    );
    const seen = { applied: 0, refused: 0 };
    fc.assert(
      fc.property(small, fc.array(edit, { maxLength: 4 }), (before, edits) => {
        const kept = JSON.stringify(before);
        const wanted = outcome(() => applyNaively(before, edits), Refused);
        seen[wanted === "refused" ? "refused" : "applied"] += 1;
        expect(outcome(() => applyEdits(before, edits), ProtocolError)).toBe(wanted);
        expect(JSON.stringify(before)).toBe(kept);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.applied, seen.refused)).toBeGreaterThan(500);
  });

  it("drops from the end of a list, whatever index the server names", () => {
    const naive = [
      ["delete", [1], null],
      ["delete", [2], null],
      ["delete", [3], null],
    ];
    expect(applyEdits([1, 2, 3, 4], naive)).toEqual([1]);
    const shifted = [
      ["delete", [0, 1], null],
      ["delete", [0, 0], null],
      ["delete", [1, -1], null],
      ["delete", [1, -2], null],
    ];
    expect(
      applyEdits(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        shifted,
      ),
    ).toEqual([[1], [4]]);
  });

  it("shares what an edit does not touch", () => {
    const before = { a: { x: 1 }, b: [{ y: 1 }, { y: 2 }] };
    const after = applyEdits(before, [["replace", ["b", 1, "y"], 3]]) as typeof before;
    expect(after.a).toBe(before.a);
    expect(after.b[0]).toBe(before.b[0]);
    expect(after.b[1]).toEqual({ y: 3 });
  });

  it("treats __proto__ as a key like any other", () => {
    const after = applyEdits({}, [["add", ["__proto__"], { polluted: true }]]) as object;
    expect(Object.keys(after)).toEqual(["__proto__"]);
    expect("polluted" in after).toBe(false);
  });

  it.each([
    ["no list", "x"],
    ["no path", [["append", "x", "y"]]],
    ["a path that leads nowhere", [["replace", ["a", "b", "c"], 1]]],
    ["an index far outside", [["replace", [4_000_000_000], 1]]],
    ["an insertion far outside", [["add", [3], 1]]],
    ["an append to a number", [["append", [], "y"]]],
    ["an unknown operation", [["swap", [], 1]]],
  ])("refuses %s", (_case, wrong) => {
    expect(() => applyEdits([1], wrong)).toThrow(ProtocolError);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
