import { takeTurns } from "../take-turns.js";
import type { Case } from "./case.js";

/** Many calls at once. */
export const atOnce: Case = {
  name: "at-once",
  run: async (arena) => [
    await takeTurns(arena, {
      title: "100 calls at once, real server",
      program: "at-once",
      server: "gradio",
      unit: "call",
      limit: "≤ 1.3",
      warmUp: 500,
      full: { rounds: 7, count: 100, fewer: { python: 40 } },
      quick: { rounds: 3, count: 100, fewer: { python: 20 } },
    }),
    await takeTurns(arena, {
      title: "1 000 calls at once, real server",
      program: "at-once",
      server: "gradio",
      unit: "call",
      limit: "≤ 1.3",
      warmUp: 200,
      full: { rounds: 2, count: 1000, fewer: { npm: 200, python: 40 } },
      quick: { rounds: 1, count: 300, without: ["npm", "python"] },
    }),
    await takeTurns(arena, {
      title: "1 000 calls at once, fast stub",
      program: "at-once",
      server: "stub",
      unit: "call",
      limit: "≤ 1.3",
      warmUp: 2000,
      full: { rounds: 9, count: 1000, fewer: { npm: 400, python: 40 } },
      quick: { rounds: 3, count: 1000, fewer: { npm: 200, python: 40 } },
    }),
  ],
};
