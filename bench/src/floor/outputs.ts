import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { applyEdits } from "./edits.js";
import { newConnections } from "./http.js";
import { Session } from "./session.js";

/** Every value that a generator yields, kept as it was. */
async function outputs({ url }: Task, endpoint: string): Promise<Program> {
  const agent = newConnections();
  const app = await meet(agent, url);
  const session = new Session(agent, app.api);
  const fnIndex = app.indexOf(endpoint);
  return {
    round: async (count) => {
      const values: unknown[] = [];
      await session.call(fnIndex, [count], ({ msg, output }) => {
        if (msg !== "process_generating") return;
        const data = output?.data?.[0];
        // The first value comes whole, all others as what has changed.
        const isFirst = values.length === 0;
        values.push(isFirst ? data : applyEdits(values.at(-1), data as []));
      });
      return values;
    },
    end: () => agent.destroy(),
  };
}

/** Small numbers. */
export const numbers = (task: Task): Promise<Program> => outputs(task, "count");

/** The messages of a chat, in which one text grows. */
export const chat = (task: Task): Promise<Program> => outputs(task, "chat");
