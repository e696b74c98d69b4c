/** How long a stream that cannot be opened is tried for, in milliseconds. */
export const defaultPatience = 15_000;
const firstPause = 300;
const longestPause = 4000;

/** When a stream that broke before it said anything is opened again. */
export class StreamReopening {
  readonly #open: () => void;
  readonly #patience: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | undefined;
  #attempts = 0;

  constructor(open: () => void, patience: number) {
    this.#open = open;
    this.#patience = patience;
  }

  /** Whether an attempt is planned. */
  get waits(): boolean {
    return this.#timer !== undefined;
  }

  /**
   * Plans the next attempt: the first at once, each further one after a longer pause.
   *
   * @returns whether there is one: `false` when it has been tried for long enough.
   */
  plan(): boolean {
    this.#since ??= Date.now();
    this.#attempts += 1;
    const longer = Math.min(longestPause, firstPause * 2 ** (this.#attempts - 2));
    const wait = this.#attempts === 1 ? 0 : longer * jitter();
    if (Date.now() + wait - this.#since > this.#patience) {
      this.succeeded();
      return false;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#open();
    }, wait);
    return true;
  }

  /** A stream has brought something: the next trouble is a new one. */
  succeeded(): void {
    this.#since = undefined;
    this.#attempts = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Clients that failed together shall not come back together. */
function jitter(): number {
  return 0.5 + Math.random() / 2;
}
