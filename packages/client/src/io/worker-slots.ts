import { waitFor } from "./deadline.js";

/** At most `size` holders at a time; the others wait in the order in which they came. */
export class WorkerSlots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(size: number) {
    this.#free = size;
  }

  /** Takes a slot that is free now. */
  tryAcquire(): (() => void) | undefined {
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    return this.#hold();
  }

  /** Waits for a slot; the returned function gives it back. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const free = this.tryAcquire();
    if (free !== undefined) return free;
    await this.#turn(signal);
    return this.#hold();
  }

  #hold(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#release();
    };
  }

  async #turn(signal: AbortSignal): Promise<void> {
    let take: (() => void) | undefined;
    const turn = new Promise<void>((resolve) => {
      take = resolve;
      this.#waiting.add(resolve);
    });
    try {
      await waitFor(turn, signal);
    } catch (error) {
      // The slot may have been handed over in the same moment in which the wait was given up.
      if (take !== undefined && !this.#waiting.delete(take)) this.#release();
      throw error;
    }
  }

  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
    } else {
      this.#waiting.delete(next);
      next();
    }
  }
}
