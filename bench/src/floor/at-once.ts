import { randomBytes } from "node:crypto";
import { nameOf } from "../expected.js";
import type { Program, Task } from "../programs.js";
import { meet } from "./app.js";
import { newConnections, readJson, readLines, send } from "./http.js";
import { messageOf, type Message } from "./message.js";

const inFlight = 40;

/** Many calls in one session, 40 of them in flight; one event stream tells of all of them. */
export async function atOnce({ url }: Task): Promise<Program> {
  const agent = newConnections();
  const app = await meet(agent, url);
  const greet = app.indexOf("greet");
  const session = new SharedSession((route, body) => send(agent, app.api + route, body));
  return {
    round: async (count) => {
      const values: unknown[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        while (next < count) {
          const index = next++;
          values[index] = await session.call(greet, [nameOf(index)]);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, work));
      return values;
    },
    end: () => agent.destroy(),
  };
}

type Send = (route: string, body?: string) => ReturnType<typeof send>;

class SharedSession {
  readonly #send: Send;
  readonly #hash: string = randomBytes(6).toString("hex");
  readonly #pending = new Map<string, (completed: Message) => void>();
  /** Completions that came before the answer of their join. */
  readonly #early = new Map<string, Message>();
  #listening = false;

  constructor(send: Send) {
    this.#send = send;
  }

  async call(fnIndex: number, data: readonly unknown[]): Promise<unknown> {
    const body = JSON.stringify({ data, fn_index: fnIndex, session_hash: this.#hash });
    const join = await this.#send("/queue/join", body);
    const { event_id: id } = await readJson<{ event_id: string }>(join);
    const completed = await new Promise<Message>((resolve) => {
      const early = this.#early.get(id);
      this.#early.delete(id);
      if (early !== undefined) resolve(early);
      else this.#pending.set(id, resolve);
      // The stream ends whenever nothing is pending: after the join it may be gone again.
      if (this.#pending.size > 0) this.#listen();
    });
    if (completed.success !== true) throw new Error(JSON.stringify(completed));
    return completed.output?.data?.[0];
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    void this.#read().then(() => {
      this.#listening = false;
      if (this.#pending.size > 0) this.#listen();
    });
  }

  async #read(): Promise<void> {
    const stream = await this.#send(`/queue/data?session_hash=${this.#hash}`);
    await readLines(stream, (line) => {
      const message = messageOf(line);
      if (message?.msg !== "process_completed" || message.event_id === null) return;
      const resolve = this.#pending.get(message.event_id);
      this.#pending.delete(message.event_id);
      if (resolve === undefined) this.#early.set(message.event_id, message);
      else resolve(message);
    });
  }
}
