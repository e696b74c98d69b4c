import type { JobMessageBody } from "../core/messages.js";
import type { SizeLimit } from "./size-limit.js";

/** What a message takes at least, however short it is, in bytes. */
const overhead = 1000;

/**
 * Messages of jobs that nobody knows yet: they may overtake the answer to their join. All of them
 * together are held to what one message may have: an app that speaks of ever more jobs instead of
 * answering fills no memory.
 */
export class EarlyMessages {
  readonly #limit: SizeLimit;
  readonly #messages = new Map<string, JobMessageBody[]>();

  constructor(limit: SizeLimit) {
    this.#limit = limit;
  }

  /** The jobs that they are about, in the order of their first word. */
  get eventIds(): readonly string[] {
    return [...this.#messages.keys()];
  }

  /**
   * @param size of the message, in bytes or a little less.
   * @throws ProtocolError when there are too many.
   */
  add(eventId: string, message: JobMessageBody, size: number): void {
    try {
      this.#limit.add(size + overhead);
    } catch (error) {
      this.clear();
      throw error;
    }
    const known = this.#messages.get(eventId);
    if (known === undefined) this.#messages.set(eventId, [message]);
    else known.push(message);
  }

  /** Those of a job, which are given to the one who follows it. */
  take(eventId: string): readonly JobMessageBody[] {
    const messages = this.#messages.get(eventId) ?? [];
    this.#messages.delete(eventId);
    if (this.#messages.size === 0) this.#limit.reset();
    return messages;
  }

  /** Nobody waits for them any more. */
  clear(): void {
    // A `Map` that is cleared gets a new table, also an empty one: that is every call's business.
    if (this.#messages.size > 0) this.#messages.clear();
    this.#limit.reset();
  }
}
