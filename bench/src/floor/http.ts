import * as http from "node:http";

const agents: http.Agent[] = [];

/** Connections that are kept, as any program that makes more than one request would. */
export function newConnections(): http.Agent {
  const agent = new http.Agent({ keepAlive: true });
  agents.push(agent);
  return agent;
}

/** Ends the connections that nobody uses just now. */
export function endUnused(): void {
  const unused = agents.flatMap(({ freeSockets }) => Object.values(freeSockets));
  for (const socket of unused.flat()) socket?.destroy();
}

/** Sends a request; resolves with its answer, whose body is still to be read. */
export function send(agent: http.Agent, url: string, body?: string): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options =
      body === undefined
        ? { agent }
        : { agent, method: "POST", headers: { "content-type": "application/json" } };
    const request = http.request(url, options, (answer) => {
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`${url}: ${answer.statusCode}`));
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Reads an answer to its end, as JSON. */
export async function readJson<T>(answer: http.IncomingMessage): Promise<T> {
  answer.setEncoding("utf8");
  let text = "";
  for await (const piece of answer) text += piece as string;
  return JSON.parse(text) as T;
}

/** Reads an answer to its end, line by line. A line's pieces are joined once, when it is complete. */
export function readLines(
  answer: http.IncomingMessage,
  onLine: (line: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let begun: string[] = [];
    answer.setEncoding("utf8");
    answer.on("data", (text: string) => {
      let start = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
        const rest = text.slice(start, end);
        onLine(begun.length === 0 ? rest : begun.join("") + rest);
        begun = [];
        start = end + 1;
      }
      if (start < text.length) begun.push(text.slice(start));
    });
    answer.on("end", resolve);
    answer.on("error", reject);
  });
}
