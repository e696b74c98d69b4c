import type { Arena } from "../arena.js";
import type { ContestantName } from "../contestant.js";
import type { ProgramName } from "../programs.js";
import { takeTurns } from "../take-turns.js";
import type { Case, Figures, Row } from "./case.js";

/** Files go from disk to disk; each time in a new process, where nothing is known of the file. */
function transfer(
  arena: Arena,
  title: string,
  program: ProgramName,
  megabytes: number,
  without: readonly ContestantName[],
  rounds = 5,
): Promise<Row> {
  return takeTurns(arena, {
    title,
    program,
    server: "gradio",
    limit: "≤ 1.3, ≤ +64 MB",
    cell: ({ ratio, rise }: Figures) => `${ratio.median.toFixed(2)}, +${rise.toFixed(0)} MB`,
    megabytes,
    fresh: true,
    full: { rounds, count: 1, without },
    quick: { rounds: 1, count: 1, without },
  });
}

export const upload: Case = {
  name: "upload",
  run: async (arena) => {
    const rows = [await transfer(arena, "upload of 256 MB", "upload", 256, [])];
    if (arena.quick) return rows;
    return [...rows, await transfer(arena, "upload of 2 GB", "upload", 2048, [], 3)];
  },
};

export const download: Case = {
  name: "download",
  run: async (arena) => {
    const stored = "download of 256 MB with the result";
    const rows = [
      await transfer(arena, stored, "download", 256, []),
      await transfer(arena, "download of 256 MB by save()", "save", 256, ["python"]),
    ];
    if (arena.quick) return rows;
    return [
      ...rows,
      await transfer(arena, "download of 2 GB with the result", "download", 2048, [], 2),
    ];
  },
};
