import { takeTurns } from "../take-turns.js";
import type { Case } from "./case.js";

/** Meeting an app, on new connections each time. */
export const connect: Case = {
  name: "connect",
  run: async (arena) => [
    await takeTurns(arena, {
      title: "connect, small app",
      program: "connect",
      server: "gradio",
      unit: "connect",
      limit: "≤ 1.5",
      full: { rounds: 7, count: 40, fewer: { python: 4 } },
      quick: { rounds: 3, count: 15, fewer: { python: 2 } },
    }),
    await takeTurns(arena, {
      title: "connect, app with 1 000 endpoints",
      program: "connect",
      server: "gradio",
      app: "large",
      unit: "connect",
      limit: "≤ 1.5",
      full: { rounds: 5, count: 4, fewer: { npm: 2, python: 1 } },
      quick: { rounds: 3, count: 2, fewer: { npm: 1, python: 1 } },
    }),
  ],
};
