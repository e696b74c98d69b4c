import stringWidth from "string-width";

/** Rows of cells, each column as wide as its widest cell, two spaces before each. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) {
      widths[at] = Math.max(widths[at] ?? 0, stringWidth(cell));
    }
  }
  const padded = (cell: string, at: number): string =>
    cell + " ".repeat((widths[at] ?? 0) - stringWidth(cell));
  return rows.map((row) => `  ${row.map(padded).join("  ")}`.trimEnd());
}
