import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { newConnections, send } from "./http.js";
import { Session } from "./session.js";

/** A file that a call gives, written to disk. */
export async function download({ url, file, folder }: Task): Promise<Program> {
  const agent = newConnections();
  const app = await meet(agent, url);
  const session = new Session(agent, app.api);
  const once = async (): Promise<string> => {
    const data = await session.call(app.indexOf("file"), [file?.name]);
    const answer = await send(agent, (data as { readonly url: string }).url);
    const path = join(folder, "downloaded");
    await pipeline(answer, createWriteStream(path));
    return path;
  };
  return { round: async () => [await once()], end: () => agent.destroy() };
}
