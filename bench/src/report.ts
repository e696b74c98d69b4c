import type { Figures, Row } from "./cases/case.js";
import type { ContestantName } from "./contestant.js";
import { growthExponent } from "./statistics.js";

const others: readonly ContestantName[] = ["ours", "npm", "python"];
const titles: Readonly<Record<ContestantName, string>> = {
  floor: "floor",
  ours: "`@gradio-kit/client`",
  npm: "`@gradio/client`",
  python: "`gradio_client`",
};

/** Processor time as multiples of the floor's: the table that the project is measured by. */
export function ratioTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.title,
    row.target === undefined ? "" : `≤ ${row.target}`,
    ...others.map((name) => ratioText(row.figures[name])),
  ]);
  return table(["case", "ours must reach", ...others.map((name) => titles[name])], lines);
}

/** The figures behind the ratios. */
export function figureTable(rows: readonly Row[]): string {
  const lines = rows.flatMap((row) =>
    (["floor", ...others] as const).flatMap((name) => {
      const figures = row.figures[name];
      if (figures === undefined) return [];
      const { cpu, wall, ratio, rounds, peak, rise } = figures;
      return [
        [
          row.title,
          name,
          `${time(cpu)} / ${row.unit}`,
          time(wall),
          `${ratio.lowest.toFixed(2)} – ${ratio.highest.toFixed(2)}`,
          String(rounds),
          `${peak.toFixed(0)} MB`,
          `+${rise.toFixed(0)} MB`,
          verdictText(figures),
        ],
      ];
    }),
  );
  const heads = ["case", "who", "CPU", "wall", "spread of the ratio", "rounds"];
  return table([...heads, "peak memory", "risen by", "values"], lines);
}

/** How the cost of a text grows with its size, for whoever was seen at three sizes at least. */
export function growthTable(rows: readonly Row[]): string {
  const sized = rows.filter(
    ({ megabytes, title }) => megabytes !== undefined && /text/.test(title),
  );
  const lines = (["floor", ...others] as const).flatMap((name) => {
    const points = sized.flatMap(({ megabytes = 0, figures }): [number, number][] => {
      const cpu = figures[name]?.cpu ?? NaN;
      return cpu > 0 ? [[megabytes, cpu]] : [];
    });
    if (points.length < 3) return [];
    const sizes = points.map(([size]) => size);
    const range = `${Math.min(...sizes)} – ${Math.max(...sizes)} MB`;
    return [[titles[name], range, growthExponent(points).toFixed(2)]];
  });
  if (lines.length === 0) return "";
  return table(["one text", "sizes", "CPU grows with size to the power of"], lines);
}

function ratioText(figures: Figures | undefined): string {
  if (figures === undefined) return "–";
  const { ratio, wrong, lost, values } = figures;
  const bad = [
    wrong > 0 ? `${wrong} of ${values} wrong` : "",
    lost > 0 ? `${lost} of ${values} lost` : "",
  ];
  const number = Number.isFinite(ratio.median) ? ratio.median.toFixed(2) : "failed";
  return [number, ...bad].filter(Boolean).join(", ");
}

function verdictText({ wrong, lost, values, remark }: Figures): string {
  const verdict =
    wrong + lost === 0 ? `${values} right` : `${wrong} wrong, ${lost} lost of ${values}`;
  return remark === undefined ? verdict : `${verdict} (${remark.replaceAll(/\s+/g, " ")})`;
}

function time(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 1e-3) return `${(seconds * 1e6).toFixed(0)} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toFixed(seconds < 0.01 ? 2 : 1)} ms`;
  return `${seconds.toFixed(2)} s`;
}

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [heads, ...lines];
  const widths = heads.map((_, column) =>
    Math.max(3, ...all.map((line) => (line[column] ?? "").length)),
  );
  const text = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [text(heads), rule, ...lines.map(text)].join("\n");
}
