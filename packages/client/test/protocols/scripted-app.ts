import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { Client } from "../../src/node.js";
import type { ClientOptions } from "../../src/options.js";

/** A request as the app got it. */
interface Received {
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

type Answer = (response: ServerResponse, request: Received) => unknown;

export interface Script {
  readonly config: object;
  readonly info?: object;
  /** By the beginning of the path; everything else is not found. */
  readonly routes?: Readonly<Record<string, Answer>>;
  readonly socket?: (socket: WebSocket, request: IncomingMessage) => void;
  /** The status with which a WebSocket is refused before it is open; `undefined`: it is not. */
  readonly refuse?: (request: IncomingMessage) => number | "without a word" | undefined;
}

/** A real server with the answers of a script, and a client of it. */
export interface ScriptedApp extends AsyncDisposable {
  readonly url: string;
  readonly client: Client;
  /** Every request but those for `/config` and `/info`. */
  readonly received: Received[];
  /** Resolves when a request has come that the test waits for. */
  until(test: (request: Received) => boolean): Promise<Received>;
}

export async function startApp(script: Script, options: ClientOptions = {}): Promise<ScriptedApp> {
  const received: Received[] = [];
  const waiting: { test: (request: Received) => boolean; found: (request: Received) => void }[] =
    [];
  const routes: Readonly<Record<string, Answer>> = {
    "/config": (response) => json(response, script.config),
    "/info": (response) =>
      script.info === undefined ? missing(response) : json(response, script.info),
    ...script.routes,
  };
  const server = createServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const { method = "", url: path = "", headers } = incoming;
      const request: Received = { method, path, headers, body };
      const route = Object.keys(routes).find((start) => path.startsWith(start));
      if (route !== "/config" && route !== "/info" && !path.startsWith("/gradio_api/info")) {
        received.push(request);
        for (const { test, found } of waiting) if (test(request)) found(request);
      }
      const answer = route === undefined ? missing : routes[route];
      answer?.(response, request);
    });
  });
  const undecided: ((accepts: boolean) => void)[] = [];
  const sockets = new WebSocketServer({
    server,
    verifyClient: ({ req }, decide) => {
      const status = script.refuse?.(req);
      if (status === "without a word") undecided.push(decide);
      else decide(status === undefined, status);
    },
  });
  sockets.on("connection", (socket, request) => script.socket?.(socket, request));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const stop = async (): Promise<void> => {
    for (const decide of undecided) decide(false);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  try {
    const client = await Client.connect(url, {
      verbose: false,
      downloadFiles: false,
      retry: false,
      ...options,
    });
    return {
      url,
      client,
      received,
      until: (test) => {
        const known = received.find(test);
        if (known !== undefined) return Promise.resolve(known);
        return new Promise((found) => waiting.push({ test, found }));
      },
      [Symbol.asyncDispose]: async () => {
        await client.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

export function missing(response: ServerResponse): void {
  json(response, { detail: "Not Found" }, 404);
}

/** Begins an event stream; the function sends one message. */
export function stream(response: ServerResponse): (message: object) => void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  return (message) => {
    response.write(`data: ${JSON.stringify(message)}\n\n`);
  };
}

export function completed(...data: unknown[]): object {
  return { msg: "process_completed", success: true, output: { data } };
}

export function generating(...data: unknown[]): object {
  return { msg: "process_generating", success: true, output: { data, is_generating: true } };
}

/** A dependency of an app, called by its name. */
export function dependency(name: string | null, more: object = {}): object {
  return { api_name: name, inputs: [1], outputs: [2], backend_fn: true, cancels: [], ...more };
}

/** A text box in, a text box out; State is component 3. */
export const components = [
  { id: 1, type: "textbox", props: { label: "Text" } },
  { id: 2, type: "textbox", props: { label: "Result" } },
  { id: 3, type: "state", props: {} },
];

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  try {
    return JSON.parse(text);
  } catch {
    // An upload, or nothing at all.
    return text;
  }
}
