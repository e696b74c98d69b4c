import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openArena } from "./open-arena.js";
import { cases } from "./cases/index.js";
import type { Row } from "./cases/case.js";
import { contestantNames, type ContestantName } from "./contestant.js";
import { figureTable, growthTable, ratioTable } from "./report.js";

/** What was asked for on the command line. */
export interface Wish {
  readonly python: string;
  readonly quick: boolean;
  /** Names of cases; empty: all of them. */
  readonly cases: readonly string[];
  /** Who takes part beside the floor; empty: everybody. */
  readonly only: readonly string[];
}

/** What can be named on the command line. */
export const caseNames: readonly string[] = cases.map(({ name }) => name);

/** Runs the benchmark, prints the tables, and writes them down when nothing was left out. */
export async function runBench(wish: Wish): Promise<void> {
  const start = performance.now();
  const temporary = await mkdtemp(join(tmpdir(), "gradio-kit-bench-"));
  const contestants = contestantNames.filter(
    (name: ContestantName) =>
      name === "floor" || wish.only.length === 0 || wish.only.includes(name),
  );
  const chosen = cases.filter(({ name }) => wish.cases.length === 0 || wish.cases.includes(name));
  const rows: Row[] = [];
  const arena = openArena({ ...wish, contestants, temporary });
  try {
    for (const { run } of chosen) {
      const found = await run(arena);
      rows.push(...found);
      console.log(`${ratioTable(found)}\n\n${figureTable(found)}\n`);
    }
  } finally {
    await arena[Symbol.asyncDispose]();
    await rm(temporary, { recursive: true, force: true });
  }
  const growth = growthTable(rows);
  if (growth !== "") console.log(`${growth}\n`);
  console.log(`${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
}
