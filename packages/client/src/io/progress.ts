import type { TransferProgress } from "../core/transfer.js";

/** In milliseconds: nobody sees more than ten steps a second. */
const shortestPause = 100;

/** Tells a caller how far a transfer is, not too often and never backwards. */
export class Progress {
  readonly #report: ((progress: TransferProgress) => void) | undefined;
  readonly #total: number | undefined;
  readonly #now: () => number;
  #loaded = 0;
  #reportedAt = -Infinity;

  constructor(
    report: ((progress: TransferProgress) => void) | undefined,
    total: number | undefined,
    now: () => number = Date.now,
  ) {
    this.#report = report;
    this.#total = total;
    this.#now = now;
  }

  /** Whether anybody listens: not every transport can tell for nothing. */
  get heard(): boolean {
    return this.#report !== undefined;
  }

  /** More bytes have passed. */
  add(bytes: number): void {
    this.#loaded += bytes;
    if (this.#report === undefined) return;
    const now = this.#now();
    // The last step is left to `end`, so that the end is told exactly once.
    if (now - this.#reportedAt < shortestPause || this.#loaded === this.#total) return;
    this.#reportedAt = now;
    this.#report({ loaded: this.#loaded, total: this.#total });
  }

  /** All is done. A transport that sends a whole blob by itself has told nothing before. */
  end(): void {
    const loaded = Math.max(this.#loaded, this.#total ?? 0);
    this.#report?.({ loaded, total: this.#total });
  }
}
