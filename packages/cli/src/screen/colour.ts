import { styleText } from "node:util";
import type { WriteStream } from "node:tty";

type Format = Parameters<typeof styleText>[0];

/** Colours for one stream: none in a pipe, and none where `NO_COLOR` is set. */
export function colours(stream: WriteStream): (format: Format, text: string) => string {
  const wanted = stream.isTTY && !process.env["NO_COLOR"] && stream.hasColors();
  return (format, text) => (wanted ? styleText(format, text, { validateStream: false }) : text);
}
