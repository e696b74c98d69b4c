import type { Output, OutputOptions } from "./output.js";
import { shownValue } from "./shown-value.js";
import { writeLine } from "./write.js";

/** The values of a stream on a terminal: each takes the place of the one before, the last stays. */
export function inPlace({ files, screen }: Pick<OutputOptions, "files" | "screen">): Output {
  let last: string | undefined;
  return {
    value: async (value) => {
      await files.saveAll(value);
      last = shownValue(value, files);
      screen.text(last);
    },
    end: async () => {
      screen.clear();
      if (last !== undefined) writeLine(last);
    },
  };
}
