import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { newConnections } from "./http.js";
import { Session } from "./session.js";

/** One long text. */
export async function text({ url }: Task): Promise<Program> {
  const agent = newConnections();
  const app = await meet(agent, url);
  const session = new Session(agent, app.api);
  return {
    round: async (megabytes) => [await session.call(app.indexOf("text"), [megabytes])],
    end: () => agent.destroy(),
  };
}
