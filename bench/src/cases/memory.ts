import type { Contest } from "../contest.js";
import type { ContestantName } from "../contestant.js";
import { takeTurns } from "../take-turns.js";
import type { Case, Figures, Row } from "./case.js";

/**
 * What is held after ten rounds of 200 calls against after the first. Python's client is left out:
 * 2 000 calls take it minutes.
 */
export const memory: Case = {
  name: "memory",
  run: async (arena) => {
    const rows: Row[] = [];
    for (let time = 0; time < (arena.quick ? 1 : 3); time += 1) {
      rows.push(await takeTurns(arena, contest));
    }
    const names = arena.contestants.filter((name) => rows[0]?.figures[name] !== undefined);
    const figures = Object.fromEntries(names.map((name) => [name, middle(rows, name)]));
    const { floor } = figures;
    const beside = floor === undefined ? "" : ` (floor: ${growthText(floor)})`;
    const { title, unit } = contest;
    return [{ title, unit, limit: `≤ +5 MB, no handle more${beside}`, cell: growthText, figures }];
  },
};

const contest = {
  title: "memory after 2 000 calls against after 200, fast stub",
  program: "calls",
  server: "stub",
  unit: "call",
  limit: "",
  warmUp: 0,
  whole: true,
  weighs: true,
  full: { rounds: 10, count: 200, without: ["python"] },
  quick: { rounds: 10, count: 200, without: ["npm", "python"] },
} as const satisfies Contest;

/** The one of several times in which memory grew neither most nor least. */
function middle(rows: readonly Row[], name: ContestantName): Figures | undefined {
  const all = rows.flatMap(({ figures }) => figures[name] ?? []);
  const sorted = all.toSorted((a, b) => (a.growth?.memory ?? 0) - (b.growth?.memory ?? 0));
  return sorted[Math.floor(sorted.length / 2)];
}

function growthText({ growth }: Figures): string {
  if (growth === undefined) return "–";
  const { memory, heap, handles } = growth;
  const inHeap = heap === undefined ? "" : ` (heap ${signed(heap)} MB)`;
  return `${signed(memory)} MB${inHeap}, ${handles > 0 ? "+" : ""}${handles} handles`;
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
