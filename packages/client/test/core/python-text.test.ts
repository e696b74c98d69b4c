import { describe, expect, it } from "vitest";
import { unquote } from "../../src/core/python-text.js";

describe("unquote", () => {
  it.each([
    ["'plain'", "plain"],
    [`"it's"`, "it's"],
    [String.raw`'it\'s "so"'`, `it's "so"`],
    [String.raw`'two\nlines\t\\ \x85 \u2028 \U0001f600'`, "two\nlines\t\\ \u0085 \u2028 😀"],
    [String.raw`'\Uffffffff'`, "\uFFFD"],
    ["no quotes", "no quotes"],
    ["'one' and 'two'", "'one' and 'two'"],
    ["'open", "'open"],
    ["'", "'"],
    ["", ""],
  ])("makes of %s the text %j", (text, plain) => {
    expect(unquote(text)).toBe(plain);
  });

  it("leaves texts alone that nobody reads to their end", () => {
    const long = `'${"\\a".repeat(1_000_000)}'`;
    expect(unquote(long)).toBe(long);
  });
});
