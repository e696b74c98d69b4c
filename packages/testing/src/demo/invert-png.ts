import { PNG } from "pngjs";
import { GradioError } from "../gradio-error.js";

/**
 * Inverts the colours of a PNG; transparency stays. Throws a `GradioError` for anything that is
 * not a PNG.
 */
export function invertPng(bytes: Uint8Array): Uint8Array {
  const picture = readPng(bytes);
  const { data } = picture;
  for (let position = 0; position < data.length; position += 1) {
    const isAlpha = position % 4 === 3;
    if (!isAlpha) data[position] = 255 - (data[position] as number);
  }
  return PNG.sync.write(picture);
}

function readPng(bytes: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(bytes));
  } catch {
    // The decoder's words mean nothing to somebody who picked a file.
    throw new GradioError("Only PNG images can be inverted.", { title: "Not a PNG" });
  }
}
