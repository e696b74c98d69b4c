import { fileURLToPath } from "node:url";
import { singleShots, type Shot } from "../single-shots.js";
import type { Case, Figures } from "./case.js";

const title = "import of the package, over an empty module";
const inMilliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`;
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a program pays for having the package at all. */
export const importing: Case = {
  name: "import",
  run: async (arena) => {
    const node = (module: string): Shot => ({
      command: process.execPath,
      parameters: [at("../import-time.js"), module],
      isRight: (value) => value === true,
    });
    const figures = await singleShots(arena, title, arena.quick ? 5 : 9, {
      floor: node("./empty.js"),
      ours: node("@gradio-kit/client"),
      npm: node("@gradio/client"),
      python: {
        ...node(""),
        command: arena.launcher.python,
        parameters: [at("../../python/import_time.py"), "gradio_client"],
      },
    });
    const empty = figures.floor ?? { cpu: NaN, wall: NaN };
    const cell = ({ cpu, wall }: Figures): string =>
      `+${inMilliseconds(cpu - empty.cpu)} CPU, +${inMilliseconds(wall - empty.wall)} wall`;
    return [{ title, unit: "import", limit: "≤ +15 ms", cell, figures }];
  },
};
