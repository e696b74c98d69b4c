import type { QueueMessage } from "./messages.js";

/**
 * The messages of one session that nobody has read yet. Each message goes to exactly one taker,
 * the one that has waited longest: two readers of a session split its messages.
 */
export class Mailbox {
  readonly #messages: QueueMessage[] = [];
  readonly #takers: ((message: QueueMessage | undefined) => void)[] = [];

  /** How many messages wait for a reader. */
  get size(): number {
    return this.#messages.length;
  }

  /** Adds a message, or hands it to whoever waits for one. */
  put(message: QueueMessage): void {
    const taker = this.#takers.shift();
    if (taker) taker(message);
    else this.#messages.push(message);
  }

  /**
   * Takes the next message. Resolves with `undefined` when `milliseconds` have passed or `signal`
   * was aborted; no message is lost by that.
   */
  take(milliseconds: number, signal: AbortSignal): Promise<QueueMessage | undefined> {
    const message = this.#messages.shift();
    if (message || signal.aborted) return Promise.resolve(message);
    return new Promise((resolve) => {
      const taker = (next: QueueMessage | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", giveUp);
        resolve(next);
      };
      const giveUp = (): void => {
        this.#takers.splice(this.#takers.indexOf(taker), 1);
        taker(undefined);
      };
      const timer = setTimeout(giveUp, milliseconds);
      signal.addEventListener("abort", giveUp, { once: true });
      this.#takers.push(taker);
    });
  }
}
