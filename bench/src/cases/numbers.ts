import { takeTurns } from "../take-turns.js";
import type { Case } from "./case.js";

/** A generator of small values: what one message costs. */
export const numbers: Case = {
  name: "outputs",
  run: async (arena) => [
    await takeTurns(arena, {
      title: "20 000 small outputs, fast stub",
      program: "numbers",
      server: "stub",
      unit: "value",
      limit: "≤ 1.3",
      full: { rounds: 7, count: 20_000 },
      quick: { rounds: 3, count: 20_000 },
    }),
  ],
};
