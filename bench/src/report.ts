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

/** What `results.md` says. */
export function report(
  rows: readonly Row[],
  facts: string,
  { quick, minutes }: { readonly quick: boolean; readonly minutes: number },
): string {
  const command = quick ? "npm run bench -- --quick" : "npm run bench";
  const growth = growthTable(rows);
  return [
    "# Results",
    `What \`${command}\` wrote, in ${minutes.toFixed(1)} minutes. What the contestants do, and what the floor leaves out: [README.md](README.md). What the figures mean: [docs/performance.md](../docs/performance.md).`,
    facts,
    ...(quick
      ? ["A quick run: counts are smaller than the titles say, and there are fewer rounds."]
      : []),
    "## Beside the floor",
    "Processor time of the contestant's process as a multiple of the floor's, median over the turns, where the limit names nothing else; `+… MB`: by how much the peak of its memory rose.",
    ratioTable(rows),
    ...(growth === "" ? [] : ["## Growth", growth]),
    "## Figures",
    "Medians. The spread is that of the ratio to the floor of the same turn, from the lowest to the highest.",
    figureTable(rows),
    "",
  ].join("\n\n");
}

/** The tables of one case. */
export function caseTables(rows: readonly Row[]): string {
  return [ratioTable(rows), figureTable(rows), growthTable(rows)].filter(Boolean).join("\n\n");
}

/** Processor time as multiples of the floor's: the table that the project is measured by. */
function ratioTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.title,
    row.limit,
    ...others.map((name) => cellText(row, row.figures[name])),
  ]);
  return table(["case", "ours must reach", ...others.map((name) => titles[name])], lines);
}

/** The figures behind the ratios. */
function figureTable(rows: readonly Row[]): string {
  const timed = rows.filter(({ counted }) => counted !== true);
  const lines = timed.flatMap((row) =>
    (["floor", ...others] as const).flatMap((name) => {
      const figures = row.figures[name];
      if (figures === undefined) return [];
      const { cpu, wall, ratio, rounds, peak, rise } = figures;
      return [
        [
          row.title,
          name,
          ...(rounds > 0
            ? [
                `${time(cpu)} / ${row.unit}`,
                time(wall),
                `${ratio.lowest.toFixed(2)} – ${ratio.highest.toFixed(2)}`,
                String(rounds),
                `${peak.toFixed(0)} MB`,
                `+${rise.toFixed(0)} MB`,
              ]
            : ["–", "–", "–", "0", "–", "–"]),
          verdictText(figures),
        ],
      ];
    }),
  );
  if (lines.length === 0) return "";
  const heads = ["case", "who", "CPU", "wall", "spread of the ratio", "rounds"];
  return table([...heads, "peak memory", "risen by", "values"], lines);
}

/** How the cost of a text grows with its size, for whoever was seen at three sizes at least. */
function growthTable(rows: readonly Row[]): string {
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

function cellText({ cell = ratioText }: Row, figures: Figures | undefined): string {
  if (figures === undefined) return "–";
  const { wrong, lost, values } = figures;
  const bad = [
    wrong > 0 ? `${wrong} of ${values} wrong` : "",
    lost > 0 ? `${lost} of ${values} lost` : "",
  ];
  const said = figures.rounds > 0 ? cell(figures) : "failed";
  return [said, ...bad].filter(Boolean).join(", ");
}

function ratioText({ ratio }: Figures): string {
  return ratio.median.toFixed(2);
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
