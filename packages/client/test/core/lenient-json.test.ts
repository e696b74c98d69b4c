import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLenient } from "../../src/core/lenient-json.js";

describe("parseLenient", () => {
  it("reads all JSON as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseLenient(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("reads numbers without a finite value as null, and leaves texts alone", () => {
    const word = fc.constantFrom("NaN", "Infinity", "-Infinity");
    const text = fc.oneof(word, fc.string(), fc.constant('\\" NaN'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, word)), (entries) => {
        const parts = entries.map(([key, value]) => `${JSON.stringify(key)}, -1, ${value}`);
        const values = entries.flatMap(([key]) => [key, -1, null]);
        expect(parseLenient(`[${parts.join(", ")}]`)).toEqual(values);
      }),
    );
  });

  it.each(["", "NaN NaN", "[NaNa]", "{"])("refuses %j", (text) => {
    expect(() => parseLenient(text)).toThrow(SyntaxError);
  });
});
