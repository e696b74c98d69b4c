import { pauseFor } from "./retry.js";

/** How long a join waits after a stream was dropped, in milliseconds: in that moment the server can lose it. */
const dropPause = 25;

/** Holds joins back that would follow a dropped stream too closely: they are lost, or hit by what ends its jobs. */
export class JoinHold {
  /** Ends the pauses; made with the first one. */
  #closing: AbortController | undefined;
  #over: Promise<void> | undefined;

  /** Resolves when a join is safe again; nothing where none is held back. */
  get over(): Promise<void> | undefined {
    return this.#over;
  }

  /** @param until what has to be done as well before a join is safe. */
  begin(until?: Promise<void>): void {
    this.#closing ??= new AbortController();
    const pause = pauseFor(dropPause, this.#closing.signal).catch(() => {
      // The session is closed: whoever waits for the pause looks for that.
    });
    this.#over = Promise.all([this.#over, pause, until]).then(() => undefined);
  }

  /** Whoever waits for the pause waits no longer. */
  close(): void {
    this.#closing?.abort();
  }
}
