import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "./cases/index.js";
import type { Case, Row } from "./cases/case.js";
import { contestantNames, type ContestantName } from "./contestant.js";
import { describeRun } from "./machine.js";
import { openArena } from "./open-arena.js";
import { caseTables, report } from "./report.js";

/** What was asked for on the command line. */
export interface Wish {
  /** The Python that has Gradio and its client. */
  readonly python: string;
  readonly quick: boolean;
  /** Names of cases; empty: all of them. */
  readonly cases: readonly string[];
  /** Who takes part beside the floor; empty: everybody. */
  readonly only: readonly string[];
  /** Where the profiles of the Node contestants go; none are taken without it. */
  readonly profile?: string | undefined;
}

const results = fileURLToPath(new URL("../results.md", import.meta.url));

/** What can be named on the command line. */
export const caseNames: readonly string[] = cases.map(({ name }) => name);

/** Runs the benchmark, prints the tables, and writes them down when nothing was left out. */
export async function runBench(wish: Wish): Promise<void> {
  const start = performance.now();
  const facts = await describeRun(wish.python);
  const chosen = cases.filter(({ name }) => wish.cases.length === 0 || wish.cases.includes(name));
  const contestants = contestantNames.filter((name) => takesPart(name, wish.only));
  const rows = await runCases(chosen, wish, contestants);
  const minutes = (performance.now() - start) / 60_000;
  const text = report(rows, facts, { quick: wish.quick, minutes });
  const isWhole = chosen.length === cases.length && contestants.length === contestantNames.length;
  if (isWhole && wish.profile === undefined) await writeFile(results, text);
  console.log(text);
}

async function runCases(
  chosen: readonly Case[],
  { python, quick, profile }: Wish,
  contestants: readonly ContestantName[],
): Promise<Row[]> {
  const temporary = await mkdtemp(join(tmpdir(), "gradio-kit-bench-"));
  const arena = openArena({ python, quick, profile, contestants, temporary });
  const rows: Row[] = [];
  try {
    for (const { name, run } of chosen) {
      const start = performance.now();
      const found = await run(arena);
      rows.push(...found);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      // For whoever watches: the report at the end has it again, on standard output.
      console.error(`\n${caseTables(found)}\n\n${name}: ${seconds} s\n`);
    }
  } finally {
    await arena[Symbol.asyncDispose]();
    await rm(temporary, { recursive: true, force: true });
  }
  return rows;
}

function takesPart(name: ContestantName, only: readonly string[]): boolean {
  return name === "floor" || only.length === 0 || only.includes(name);
}
