import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPageConfig } from "../../src/core/page-config.js";

describe("findPageConfig", () => {
  it("finds every config that a page can carry", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (config, after) => {
        const text = JSON.stringify(config);
        expect(findPageConfig(`<script>window.gradio_config = ${text};${after}`)).toBe(text);
      }),
    );
  });

  it.each(["", "<h1>Hi</h1>", "window.gradio_config", "window.gradio_config = 5", "{}"])(
    "finds none in %j",
    (html) => {
      expect(findPageConfig(html)).toBeUndefined();
    },
  );

  it("gives up on one that never ends, in one pass", () => {
    const started = performance.now();
    expect(findPageConfig(`window.gradio_config = ${'{"a":['.repeat(500_000)}`)).toBeUndefined();
    expect(
      findPageConfig(`window.gradio_config = {"a": "${"\\".repeat(3_000_000)}`),
    ).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
