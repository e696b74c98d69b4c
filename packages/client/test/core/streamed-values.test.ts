import * as fc from "fast-check";
import { expect, it } from "vitest";
import { applyEdits, noNovelty } from "../../src/core/diff.js";
import type { Endpoint } from "../../src/core/endpoint.js";
import { markedFiles } from "../../src/core/file-notation.js";
import { GradioFile } from "../../src/core/gradio-file.js";
import { ResultFiles } from "../../src/io/result-files.js";
import { Requests } from "../../src/io/requests.js";
import { NodeTransport } from "../../src/platform/node/transport.js";
import { ResultReader } from "../../src/result.js";
import { editsBetween, type Json } from "./edits-between.js";

const requests = new Requests(new NodeTransport(), "http://app.example/", {});
const files = new ResultFiles(requests, undefined, () => undefined);
const endpoint = { outputs: [{ hidden: false }] } as unknown as Endpoint;
const read = (reader: ResultReader, ...seen: Parameters<ResultReader["read"]>): unknown =>
  reader.read(...seen)[0];

/** Values in which a member can make a file of an object, and another member can undo it. */
const value: fc.Arbitrary<Json> = fc
  .letrec<{ value: Json }>((tie) => ({
    value: fc.oneof<fc.Arbitrary<Json>[]>(
      fc.string({ maxLength: 2 }),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("a", "b"), tie("value")),
      fc
        .tuple(fc.constantFrom("x.png", "y.png"), fc.constantFrom(1, "no"), fc.boolean())
        .map(([path, size, marked]) => ({
          path,
          size,
          meta: { _type: marked ? "gradio.FileData" : "something else" },
        })),
    ),
  }))
  .value.map((made) => JSON.parse(JSON.stringify(made)) as Json);

it("a value that edits have made is read as if it had come whole, and can be changed nowhere", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), (values) => {
      const reader = new ResultReader(endpoint, files, markedFiles);
      let wire: unknown = values[0];
      read(reader, [wire], true);
      for (const [at, next] of values.slice(1).entries()) {
        const novelty = noNovelty();
        wire = applyEdits(wire, editsBetween(values[at] ?? null, next), novelty);
        const seen = read(reader, [wire], true, [novelty]);
        const whole = read(new ResultReader(endpoint, files, markedFiles), [next], false);
        expect(seen).toEqual(whole);
        expectFrozen(seen);
      }
    }),
    { numRuns: 500 },
  );
});

function expectFrozen(seen: unknown): void {
  if (typeof seen !== "object" || seen === null || seen instanceof GradioFile) return;
  expect(Object.isFrozen(seen)).toBe(true);
  for (const child of Object.values(seen)) expectFrozen(child);
}
