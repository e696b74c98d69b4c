import { createReadStream, statSync } from "node:fs";
import * as http from "node:http";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { newConnections, readJson } from "./http.js";
import { Session } from "./session.js";

const chunkSize = 256 * 1024;
const boundary = "----------floor-of-the-benchmark----------";

/** A file from disk as the input of a call. */
export async function upload({ url, file }: Task): Promise<Program> {
  if (file === undefined) throw new Error("no file");
  const agent = newConnections();
  const app = await meet(agent, url);
  const session = new Session(agent, app.api);
  const once = async (): Promise<unknown> => {
    const path = await sendFile(agent, `${app.api}/upload`, file.path);
    const input = { path, meta: { _type: "gradio.FileData" }, orig_name: file.name };
    return await session.call(app.indexOf("measure"), [input]);
  };
  return { round: async () => [await once()], end: () => agent.destroy() };
}

/** Sends a file as a form with one part, piece by piece; gives its path on the server. */
async function sendFile(agent: http.Agent, url: string, path: string): Promise<string> {
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${basename(path)}"\r\n` +
    `content-type: application/octet-stream\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const request = http.request(url, {
    agent,
    method: "POST",
    headers: {
      "content-type": `multipart/form-data; boundary=${boundary}`,
      "content-length": head.length + statSync(path).size + tail.length,
    },
  });
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on("response", resolve);
    request.on("error", reject);
  });
  request.write(head);
  await pipeline(createReadStream(path, { highWaterMark: chunkSize }), request, { end: false });
  request.end(tail);
  const [stored] = await readJson<string[]>(await answer);
  if (stored === undefined) throw new Error("no path");
  return stored;
}
