import { PNG } from "pngjs";

/** What is compared of a picture: its size and its colours. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of a point. */
  colour(x: number, y: number): readonly [red: number, green: number, blue: number];
}

const width = 320;
const height = 200;

/** Draws the picture of the tour: an evening sky, a sun and waves. Gives the bytes of a PNG. */
export function drawPicture(): Uint8Array {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      png.data.set([...paint(x, y), 255], (y * width + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

function paint(x: number, y: number): [number, number, number] {
  const wave = 140 + 8 * Math.sin(x / 14);
  if (y > wave) return [20, 60 + Math.round(y - wave), 120 + Math.round((y - wave) / 2)];
  if (Math.hypot(x - 230, y - 70) < 36) return [255, 205, 70];
  const dusk = y / height;
  return [Math.round(50 + 190 * dusk), Math.round(40 + 70 * dusk), Math.round(120 - 20 * dusk)];
}

/** Reads a PNG. */
export function readPicture(bytes: Uint8Array): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return {
    width,
    height,
    colour: (x, y) => {
      const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 4);
      return [red, green, blue];
    },
  };
}

/** The share of points of one picture that have exactly the opposite colour in the other. */
export function shareInverted(before: Picture, after: Picture): number {
  if (before.width !== after.width || before.height !== after.height) return 0;
  let inverted = 0;
  for (let y = 0; y < before.height; y += 1) {
    for (let x = 0; x < before.width; x += 1) {
      const changed = after.colour(x, y);
      if (before.colour(x, y).every((value, at) => value + (changed[at] ?? 0) === 255)) {
        inverted += 1;
      }
    }
  }
  return inverted / (before.width * before.height);
}
