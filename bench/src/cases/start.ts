import { fileURLToPath } from "node:url";
import type { ContestantName } from "../contestant.js";
import { greeting } from "../expected.js";
import { singleShots, type Shot } from "../single-shots.js";
import type { Case } from "./case.js";

const title = "process start to first result, real server";

/** A program that does nothing but one call. */
export const start: Case = {
  name: "start",
  run: async (arena) => {
    const { small } = await arena.apps("gradio");
    const shot = (command: string, program: string): Shot => ({
      command,
      parameters: [fileURLToPath(new URL(program, import.meta.url)), small],
      isRight: (value) => value === greeting("first"),
    });
    const node = (name: ContestantName): Shot =>
      shot(process.execPath, `../first-result/${name}.js`);
    const figures = await singleShots(arena, title, arena.quick ? 3 : 9, {
      floor: node("floor"),
      ours: node("ours"),
      npm: node("npm"),
      python: shot(arena.launcher.python, "../../python/first_result.py"),
    });
    return [{ title, unit: "process", limit: "≤ 1.2", figures }];
  },
};
