import { GradioFile } from "@gradio-kit/client";
import type { Output, OutputOptions } from "./output.js";
import { writeBytes } from "./write.js";

/** The last value to the letter: a text without an end of line, a file's content, else JSON. */
export function rawValue({ screen, signal }: Pick<OutputOptions, "screen" | "signal">): Output {
  let last: unknown;
  return {
    value: async (value) => {
      last = value;
    },
    end: async () => {
      screen.clear();
      if (last instanceof GradioFile) {
        for await (const chunk of last.stream({ signal })) await writeBytes(chunk);
      } else await writeBytes(typeof last === "string" ? last : JSON.stringify(last ?? null));
    },
  };
}
