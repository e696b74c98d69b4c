import type { Output, OutputOptions } from "./output.js";
import { jsonLine } from "./shown-value.js";
import { writeLine } from "./write.js";

/** Every value of a stream at once, as a line of JSON. */
export function jsonLines({ files, screen }: Pick<OutputOptions, "files" | "screen">): Output {
  return {
    value: async (value) => {
      await files.saveAll(value);
      screen.above(() => writeLine(jsonLine(value, files)));
    },
    end: async () => screen.clear(),
  };
}
