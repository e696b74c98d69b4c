import type { Picture } from "./picture.js";

const columns = 32;
const rows = 10;

/** Pictures side by side as coloured half blocks: each row of text shows two rows of points. */
export function preview(...pictures: readonly Picture[]): string[] {
  return Array.from({ length: rows }, (_, row) =>
    pictures.map((picture) => previewRow(picture, row)).join("  "),
  );
}

function previewRow(picture: Picture, row: number): string {
  const cells = Array.from({ length: columns }, (_, column) => {
    const x = Math.floor(((column + 0.5) / columns) * picture.width);
    const at = (half: number): string =>
      picture.colour(x, Math.floor(((row + half) / rows) * picture.height)).join(";");
    return `\u001b[38;2;${at(0.25)};48;2;${at(0.75)}m▀`;
  });
  return `${cells.join("")}\u001b[0m`;
}
