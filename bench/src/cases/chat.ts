import { takeTurns } from "../take-turns.js";
import type { Case } from "./case.js";

/** A chat whose answer grows word by word; every value is kept and looked at afterwards. */
export const chat: Case = {
  name: "chat",
  run: async (arena) => [
    await takeTurns(arena, {
      title: "chat of 2 000 growing texts, real server",
      program: "chat",
      server: "gradio",
      unit: "value",
      limit: "≤ 1.3",
      warmUp: 300,
      full: { rounds: 6, count: 2000 },
      quick: { rounds: 2, count: 500 },
    }),
    await takeTurns(arena, {
      title: "chat of 2 000 growing texts, fast stub",
      program: "chat",
      server: "stub",
      unit: "value",
      limit: "≤ 1.3",
      warmUp: 5000,
      full: { rounds: 9, count: 2000 },
      quick: { rounds: 3, count: 2000 },
    }),
  ],
};
