import { onAbort } from "../core/on-abort.js";

/** A place among those who wait for a slot. */
export interface Place {
  /** Resolves when it is its turn, or when it is left; the function gives the slot back, if there is one. */
  readonly turn: Promise<() => void>;
  /** Waits no longer. */
  readonly leave: () => void;
}

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

  /** Waits for a slot. Of a thousand calls nearly all wait: this takes no signal of their own. */
  queue(): Place {
    let resolve!: (release: () => void) => void;
    const turn = new Promise<() => void>((settle) => {
      resolve = settle;
    });
    const take = (): void => resolve(this.#hold());
    const leave = (): void => {
      if (this.#waiting.delete(take)) resolve(releaseNothing);
    };
    this.#waiting.add(take);
    return { turn, leave };
  }

  /** Waits for a slot until the signal fires; the returned function gives it back. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const free = this.tryAcquire();
    if (free !== undefined) return free;
    const { turn, leave } = this.queue();
    const forget = onAbort(signal, leave);
    const release = await turn;
    forget();
    if (!signal.aborted) return release;
    // The slot may have been handed over in the same moment in which the wait was given up.
    release();
    throw signal.reason;
  }

  #hold(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#release();
    };
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

function releaseNothing(): void {
  // Whoever left before its turn holds no slot.
}
