/** A place in a line. */
export interface Spot<Item> {
  readonly item: Item;
  ahead: Spot<Item> | undefined;
  behind: Spot<Item> | undefined;
  gone: boolean;
}

/**
 * First come, first served; whoever waits may leave from anywhere. Linked, not a `Set`: the first of
 * a set stands behind all who were served since it was last copied, and is the farther the more wait.
 */
export class WaitingLine<Item> {
  #first: Spot<Item> | undefined;
  #last: Spot<Item> | undefined;

  /** Waits at the end. */
  enter(item: Item): Spot<Item> {
    const spot: Spot<Item> = { item, ahead: this.#last, behind: undefined, gone: false };
    if (this.#last === undefined) this.#first = spot;
    else this.#last.behind = spot;
    this.#last = spot;
    return spot;
  }

  /** Takes out whoever has waited longest. */
  next(): Item | undefined {
    const spot = this.#first;
    if (spot === undefined) return undefined;
    this.leave(spot);
    return spot.item;
  }

  /** Waits no longer; whoever was served already has nothing to leave. */
  leave(spot: Spot<Item>): void {
    if (spot.gone) return;
    spot.gone = true;
    const { ahead, behind } = spot;
    if (ahead === undefined) this.#first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.#last = ahead;
    else behind.ahead = ahead;
    // Else those who were served would hold on to all who came after them.
    spot.ahead = undefined;
    spot.behind = undefined;
  }
}
