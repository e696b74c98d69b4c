/**
 * A list that grows, then ends, well or with an error. Any number of readers see all of it from the
 * start, each at its own pace.
 */
export class ReplayLog<Item> {
  readonly #items: Item[] = [];
  #end: { readonly failed: boolean; readonly error?: unknown } | undefined;
  #waiting: (() => void)[] = [];

  get items(): readonly Item[] {
    return this.#items;
  }

  push(item: Item): void {
    if (this.#end !== undefined) return;
    this.#items.push(item);
    this.#wake();
  }

  /** Ends the list; readers that have seen all of it end too. */
  close(): void {
    this.#finish({ failed: false });
  }

  /** Ends the list with an error, which every reader throws after the last item. */
  fail(error: unknown): void {
    this.#finish({ failed: true, error });
  }

  /**
   * Reads all of it from the start. Not by a generator, nor by an async function: each
   * promise that a value passes through costs more than everything else that happens to a small one.
   *
   * @param pick what of an item is wanted; an item of which nothing is wanted is left out.
   */
  read<Part>(
    pick: (item: Item) => { readonly value: Part } | undefined,
  ): AsyncIterableIterator<Part, void, undefined> {
    let position = 0;
    let over = false;
    /** What there is now; `undefined`: it is yet to come. */
    const take = (): IteratorResult<Part, void> | undefined => {
      if (over) return { done: true, value: undefined };
      while (position < this.#items.length) {
        const part = pick(this.#items[position] as Item);
        position += 1;
        if (part !== undefined) return { done: false, value: part.value };
      }
      if (this.#end === undefined) return undefined;
      over = true;
      if (this.#end.failed) throw this.#end.error;
      return { done: true, value: undefined };
    };
    const next = (): Promise<IteratorResult<Part, void>> =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          try {
            const taken = take();
            if (taken === undefined) this.#waiting.push(settle);
            else resolve(taken);
          } catch (error) {
            reject(error as Error);
          }
        };
        settle();
      });
    return {
      next,
      return: () => {
        over = true;
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  #finish(end: { readonly failed: boolean; readonly error?: unknown }): void {
    this.#end ??= end;
    this.#wake();
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const settle of waiting) settle();
  }
}
