import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { newConnections } from "./http.js";

/** Meets the app on new connections, and lets go of them. */
export async function connect({ url }: Task): Promise<Program> {
  return {
    round: async (count) => {
      const values: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const agent = newConnections();
        values.push((await meet(agent, url)).endpoints);
        agent.destroy();
      }
      return values;
    },
    end: () => undefined,
  };
}
