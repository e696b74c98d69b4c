import { takeTurns } from "../take-turns.js";
import type { Case } from "./case.js";

/** Calls, one after another. */
export const calls: Case = {
  name: "calls",
  run: async (arena) => [
    await takeTurns(arena, {
      title: "sequential calls, real server",
      program: "calls",
      server: "gradio",
      unit: "call",
      limit: "≤ 1.3",
      warmUp: 300,
      full: { rounds: 5, count: 200, fewer: { python: 30 } },
      quick: { rounds: 3, count: 60, fewer: { python: 6 } },
    }),
    await takeTurns(arena, {
      title: "sequential calls, fast stub",
      program: "calls",
      server: "stub",
      unit: "call",
      limit: "≤ 1.3",
      warmUp: 2000,
      full: { rounds: 7, count: 500, fewer: { python: 30 } },
      quick: { rounds: 5, count: 200, fewer: { npm: 100, python: 6 } },
    }),
  ],
};
