import { randomBytes } from "node:crypto";
import type { Agent } from "node:http";
import { readJson, readLines, send } from "./http.js";
import { messageOf, type Message } from "./message.js";

/**
 * A session with one call at a time. From its second call on the event stream is opened together
 * with the join: one round trip. Before its first call the app does not know it yet, and would
 * refuse the stream.
 */
export class Session {
  readonly #agent: Agent;
  readonly #api: string;
  readonly #hash: string = randomBytes(6).toString("hex");
  #known = false;
  /** The end of the last call's stream: an app splits its messages between two at a time. */
  #ended: Promise<void> = Promise.resolve();

  constructor(agent: Agent, api: string) {
    this.#agent = agent;
    this.#api = api;
  }

  /** Calls an endpoint; resolves with the first output as soon as the call is complete. */
  async call(
    fnIndex: number,
    data: readonly unknown[],
    onMessage?: (message: Message) => void,
  ): Promise<unknown> {
    await this.#ended;
    const body = JSON.stringify({ data, fn_index: fnIndex, session_hash: this.#hash });
    const join = send(this.#agent, `${this.#api}/queue/join`, body).then(readJson);
    if (!this.#known) await join;
    this.#known = true;
    const [value] = await Promise.all([this.#listen(onMessage), join]);
    return value;
  }

  async #listen(onMessage?: (message: Message) => void): Promise<unknown> {
    const url = `${this.#api}/queue/data?session_hash=${this.#hash}`;
    const stream = await send(this.#agent, url);
    return await new Promise((resolve, reject) => {
      this.#ended = readLines(stream, (line) => {
        const message = messageOf(line);
        if (message === undefined) return;
        onMessage?.(message);
        if (message.msg !== "process_completed") return;
        if (message.success === true) resolve(message.output?.data?.[0]);
        else reject(new Error(line));
      }).catch(reject);
    });
  }
}
