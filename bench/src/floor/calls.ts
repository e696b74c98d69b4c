import { nameOf } from "../expected.js";
import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { newConnections } from "./http.js";
import { Session } from "./session.js";

/** Calls, one after another. */
export async function calls({ url }: Task): Promise<Program> {
  const agent = newConnections();
  const app = await meet(agent, url);
  const session = new Session(agent, app.api);
  const greet = app.indexOf("greet");
  return {
    round: async (count) => {
      const values: unknown[] = [];
      for (let index = 0; index < count; index += 1) {
        values.push(await session.call(greet, [nameOf(index)]));
      }
      return values;
    },
    end: () => agent.destroy(),
  };
}
