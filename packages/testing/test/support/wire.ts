import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { GradioServer } from "@gradio-kit/testing";

/** What a request asks, apart from its address. */
interface Question {
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body parsed; throws when it is no JSON. */
  readonly json: () => unknown;
}

type Place = Pick<GradioServer, "url">;

function send(place: Place, method: string, path: string, question: Question) {
  const { json, headers = {} } = question;
  const body = json === undefined ? question.body : JSON.stringify(json);
  const sent = httpRequest(place.url + path, {
    method,
    agent: false,
    headers: { ...(json !== undefined && { "content-type": "application/json" }), ...headers },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve);
    sent.on("error", reject);
  });
  sent.end(body);
  return { sent, answered };
}

/** Sends a request and reads its whole answer. */
export async function ask(
  place: Place,
  method: string,
  path: string,
  question: Question = {},
): Promise<Answer> {
  const response = await send(place, method, path, question).answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const { statusCode = 0, headers } = response;
  return { status: statusCode, headers, text, json: () => JSON.parse(text) };
}

/** A message of an event stream, as loose as JSON is. */
export interface Message {
  readonly msg: string;
  readonly event_id: string | null;
  readonly success?: boolean;
  readonly output?: { data?: unknown[]; error?: string | null; [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** An event stream being read. */
export class Listener {
  readonly frames: string[] = [];
  /** Resolves with how the body ended: in order, or broken off. */
  readonly ended: Promise<"clean" | "broken">;
  readonly #drop: () => void;
  #wake: () => void = () => undefined;
  #over = false;

  constructor(response: IncomingMessage, drop: () => void) {
    this.#drop = drop;
    let rest = "";
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      const parts = (rest + text).split("\n\n");
      rest = parts.pop() ?? "";
      this.frames.push(...parts);
      this.#wake();
    });
    this.ended = new Promise((resolve) => {
      const end = (how: "clean" | "broken"): void => {
        this.#over = true;
        this.#wake();
        resolve(how);
      };
      response.on("end", () => end("clean"));
      response.on("error", () => end("broken"));
      response.on("close", () => end("broken"));
    });
  }

  get messages(): Message[] {
    return this.frames.map((frame) => JSON.parse(frame.replace(/^data: /, "")) as Message);
  }

  /** Waits until a message of this kind has come and answers it. */
  async next(wanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(wanted);
      if (found) return found;
      if (this.#over) throw new Error(`never came; instead:\n${this.frames.join("\n")}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Reads to the end and answers everything that came. */
  async all(): Promise<Message[]> {
    await this.ended;
    return this.messages;
  }

  /** Breaks the connection. */
  drop(): void {
    this.#drop();
  }
}

/** Opens an event stream. */
export async function listenTo(place: Place, path: string): Promise<Listener> {
  const { sent, answered } = send(place, "GET", path, {});
  const response = await answered;
  sent.on("error", () => undefined);
  return new Listener(response, () => sent.destroy());
}

/** Opens the message stream of a session. */
export function listen(place: Place, sessionHash: string): Promise<Listener> {
  return listenTo(place, `/gradio_api/queue/data?session_hash=${sessionHash}`);
}

/** Joins the queue and answers the event's id. */
export async function join(
  place: Place,
  sessionHash: string,
  fnIndex: number,
  data: unknown[],
  more: object = {},
): Promise<string> {
  const json = { data, fn_index: fnIndex, session_hash: sessionHash, ...more };
  const answer = await ask(place, "POST", "/gradio_api/queue/join", { json });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return (answer.json() as { event_id: string }).event_id;
}

/** Joins, listens to the end, and answers the messages. */
export async function callThrough(
  place: Place,
  sessionHash: string,
  fnIndex: number,
  data: unknown[],
  more: object = {},
): Promise<Message[]> {
  await join(place, sessionHash, fnIndex, data, more);
  return (await listen(place, sessionHash)).all();
}

/** The first output of a finished call. Throws when there is none. */
export function firstOutput(messages: readonly Message[]): unknown {
  const data = messages.findLast(({ msg }) => msg === "process_completed")?.output?.data;
  if (!data) throw new Error(`no result:\n${JSON.stringify(messages)}`);
  return data[0];
}

/** Cancels. */
export function cancel(
  place: Place,
  sessionHash: string,
  fnIndex: number,
  eventId: string,
): Promise<Answer> {
  const json = { session_hash: sessionHash, fn_index: fnIndex, event_id: eventId };
  return ask(place, "POST", "/gradio_api/cancel", { json });
}

/** A promise that somebody opens. */
export interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

/** Makes a closed gate. */
export function gate(): Gate {
  const handles: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => handles.push(resolve));
  return { opened, open: () => handles.forEach((resolve) => resolve()) };
}
