import type { JobMessageBody } from "../core/messages.js";
import type { SizeLimit } from "./size-limit.js";

/** What a message takes at least, however short it is, in bytes. */
const overhead = 1000;

/** What is known of a job before its join is answered. */
export interface EarlyJob {
  readonly messages: JobMessageBody[];
  /** Why its stream broke, when the server has dropped it with that. */
  dropped: Error | undefined;
}

/**
 * Messages of jobs that nobody knows yet: they may overtake the answer to their join. All of them
 * together are held to what one message may have: an app that speaks of ever more jobs instead of
 * answering fills no memory.
 */
export class EarlyMessages {
  readonly #limit: SizeLimit;
  readonly #jobs = new Map<string, EarlyJob>();

  constructor(limit: SizeLimit) {
    this.#limit = limit;
  }

  /** The jobs that they are about, in the order of their first word. */
  get eventIds(): readonly string[] {
    return [...this.#jobs.keys()];
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
    const known = this.#jobs.get(eventId);
    if (known !== undefined) known.messages.push(message);
    else this.#jobs.set(eventId, { messages: [message], dropped: undefined });
  }

  /** The server has dropped the jobs that were spoken of so far. */
  drop(cause: Error): void {
    for (const job of this.#jobs.values()) job.dropped ??= cause;
  }

  /** What is known of a job; it is given to the one who follows it. */
  take(eventId: string): EarlyJob | undefined {
    const job = this.#jobs.get(eventId);
    if (job === undefined) return undefined;
    this.#jobs.delete(eventId);
    if (this.#jobs.size === 0) this.#limit.reset();
    return job;
  }

  /** Nobody waits for them any more. */
  clear(): void {
    // A `Map` that is cleared gets a new table, also an empty one: that is every call's business.
    if (this.#jobs.size > 0) this.#jobs.clear();
    this.#limit.reset();
  }
}
