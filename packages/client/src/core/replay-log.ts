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

  async *read(): AsyncGenerator<Item, void, undefined> {
    for (let position = 0; ; position += 1) {
      while (position >= this.#items.length) {
        if (this.#end !== undefined) {
          if (this.#end.failed) throw this.#end.error;
          return;
        }
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
      yield this.#items[position] as Item;
    }
  }

  #finish(end: { readonly failed: boolean; readonly error?: unknown }): void {
    this.#end ??= end;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
