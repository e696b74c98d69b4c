import type { ContestantName } from "../contestant.js";
import { takeTurns } from "../take-turns.js";
import type { Case } from "./case.js";

/** Up to these sizes the official clients take part: their time grows with the square of it. */
const npmLimit = 64;
const pythonLimit = 16;

function withoutAt(megabytes: number): readonly ContestantName[] {
  if (megabytes > npmLimit) return ["npm", "python"];
  return megabytes > pythonLimit ? ["python"] : [];
}

/** One long text as a result, in sizes that show how the cost grows. */
export const text: Case = {
  name: "text",
  run: async (arena) => {
    const rows = [];
    for (const megabytes of arena.quick ? [1, 8, 64] : [1, 4, 16, 64, 256]) {
      rows.push(
        await takeTurns(arena, {
          title: `one text of ${megabytes} MB, real server`,
          program: "text",
          server: "gradio",
          limit: "≤ 1.2",
          megabytes,
          // What is long leaves nothing to warm up, and much to collect.
          warmUp: megabytes < 64 ? 1 : 0,
          clears: megabytes >= 64,
          full: {
            rounds: megabytes > 64 ? 3 : 5,
            count: megabytes,
            without: withoutAt(megabytes),
          },
          quick: {
            rounds: 2,
            count: megabytes,
            without: megabytes > 8 ? ["npm", "python"] : [],
          },
        }),
      );
    }
    return rows;
  },
};
