import { WaitingLine, type Spot } from "../core/waiting-line.js";

/** At most `size` holders at a time; the others wait in the order in which they came. */
export class WorkerSlots<Waiter> {
  #free: number;
  readonly #waiting = new WaitingLine<Waiter>();

  constructor(size: number) {
    this.#free = size;
  }

  /** Takes a slot if one is free now. */
  tryTake(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  /** Waits for a slot. Of a thousand calls nearly all do: it takes no more than a place in the line. */
  wait(waiter: Waiter): Spot<Waiter> {
    return this.#waiting.enter(waiter);
  }

  /** Waits no longer. */
  leave(spot: Spot<Waiter>): void {
    this.#waiting.leave(spot);
  }

  /**
   * Gives a slot back.
   *
   * @returns whoever has waited longest, and has the slot from now on.
   */
  give(): Waiter | undefined {
    const next = this.#waiting.next();
    if (next === undefined) this.#free += 1;
    return next;
  }
}
