import type { Output, OutputOptions } from "./output.js";
import { jsonValue, shownValue } from "./shown-value.js";
import { writeLine } from "./write.js";

/** A single value: as a person reads it, or as JSON. */
export function lastValue({
  json,
  files,
  screen,
}: Pick<OutputOptions, "json" | "files" | "screen">): Output {
  let last: string | undefined;
  return {
    value: async (value) => {
      await files.saveAll(value);
      // An endpoint without outputs gives an empty list, which is nothing to read.
      const isNothing = !json && Array.isArray(value) && value.length === 0;
      last = isNothing ? undefined : json ? jsonValue(value, files) : shownValue(value, files);
    },
    end: async () => {
      screen.clear();
      if (last !== undefined) writeLine(last);
    },
  };
}
