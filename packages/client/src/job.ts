import { checkOptions } from "./check-options.js";
import { CancelledError } from "./errors.js";
import type { JobUpdate, StatusUpdate } from "./core/status.js";
import { startDeadline, waitFor, within, type Bounds } from "./io/deadline.js";
import type { JobJournal } from "./job-journal.js";
import type { JobRecord } from "./job-record.js";

/** How long `cancel` waits for the app to hear of it, in milliseconds. */
const farewellLimit = 10_000;

/**
 * One call of an endpoint, from `client.submit`: runs at once, and can be followed while it runs.
 *
 * Leaving its `await using` block cancels it. A job whose result nobody asks for never becomes an
 * unhandled rejection.
 *
 * @example
 * ```ts
 * const job = client.submit("/count", { n: 3 });
 * for await (const value of job) console.log(value);
 * ```
 */
export class Job<T = unknown> implements AsyncIterable<T>, AsyncDisposable {
  readonly #record: JobRecord<T>;
  readonly #journal: JobJournal<T>;

  /** Made by `client.submit` only. */
  constructor(record: JobRecord<T>, journal: JobJournal<T>) {
    this.#record = record;
    this.#journal = journal;
  }

  /**
   * The result; of a generator the last value, as in Python's client.
   *
   * @param bounds `signal` and `timeout` (milliseconds) end this wait only: the job goes on.
   * @throws TimeoutError when the `timeout` ran out; the signal's reason when it was aborted; else
   *   the error that the job ended with.
   */
  result(bounds: Bounds = {}): Promise<T> {
    return handled(this.#wait(this.#record.ended, bounds, () => this.#record.outcome()));
  }

  /**
   * The first value, as soon as it exists; the result of a job that ends without values.
   *
   * @param bounds as for {@link result}.
   */
  first(bounds: Bounds = {}): Promise<T> {
    const first = handled(this.#first());
    return handled(this.#wait(first, bounds, async () => await first));
  }

  /** The values so far, as a list of your own. Values of a generator are frozen: they share parts. */
  outputs(): T[] {
    return [...this.#journal.outputs];
  }

  /** The latest that is known of the job. */
  status(): StatusUpdate {
    return this.#journal.status;
  }

  /** Whether it has ended: well, with an error, or cancelled. */
  done(): boolean {
    return this.#record.done;
  }

  /** Whether the app is working on it right now. */
  running(): boolean {
    const { code } = this.#journal.status;
    return code === "PROCESSING" || code === "ITERATING" || code === "PROGRESS" || code === "LOG";
  }

  /** Whether it was cancelled before its end. */
  cancelled(): boolean {
    return this.#journal.status.code === "CANCELLED";
  }

  /**
   * Cancels the job: a waiting one never runs, a generator stops after its current step, a plain
   * function that runs already goes on to its end, unheard. Other jobs are not touched.
   *
   * @returns whether it was stopped: `false` when it had already ended. Everyone who waits for the
   *   job gets a `CancelledError` at once; the promise resolves when the app has been told, or has
   *   not answered for ten seconds.
   */
  async cancel(): Promise<boolean> {
    if (this.#record.done) return false;
    this.#record.stop(new CancelledError());
    await within(farewellLimit, this.#record.settled);
    return true;
  }

  /**
   * Every fact in order and from the start, for any number of readers. Ends with the job; throws the
   * error that the job ended with.
   */
  updates(): AsyncIterableIterator<JobUpdate<T>> {
    return this.#journal.updates.read((update) => ({ value: update }));
  }

  /**
   * Every value once, from the start. A failure throws; a cancel throws `CancelledError`. Leaving
   * the loop early only stops listening: `cancel()` ends the job.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<T, void, undefined> {
    return this.#journal.updates.read((update) => (update.type === "output" ? update : undefined));
  }

  /** Cancels the job if it still runs, and waits until the app has been told. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.cancel();
  }

  async #first(): Promise<T> {
    for await (const value of this) return value;
    return this.#record.outcome();
  }

  async #wait<R>(
    promise: Promise<unknown>,
    bounds: Bounds,
    outcome: () => R | Promise<R>,
  ): Promise<R> {
    checkOptions(bounds, "the wait");
    if (bounds.signal === undefined && bounds.timeout === undefined) {
      await promise;
      return await outcome();
    }
    const deadline = startDeadline(bounds, "Waiting for the job");
    try {
      await waitFor(promise, deadline.signal);
    } finally {
      deadline.release();
    }
    return await outcome();
  }
}

/** Whoever awaits it still gets its rejection; nobody else does. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {
    // Only marks the rejection as handled: a job may fail before its result is asked for.
  });
  return promise;
}
