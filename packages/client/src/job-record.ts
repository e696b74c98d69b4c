import { deferred, type Deferred } from "./core/deferred.js";
import type { JobUpdate, StatusUpdate } from "./core/status.js";
import { QueueFullError } from "./errors.js";
import type { JobJournal } from "./job-journal.js";

/** Told the outputs of a call that went well. */
export type ResultListener = (...outputs: unknown[]) => void;

/** What has a place among the calls that run. */
export interface Placed {
  place: number;
}

/** The one who runs a call. */
export interface JobKeeper {
  /** Takes secrets out of an error, which can come from the app and quote them. */
  clean(error: unknown, job: Placed): unknown;
}

/** Told that a call has ended, at once. */
export interface EndWatcher {
  jobEnded(job: Placed): void;
}

type End<T> =
  | { readonly result: T }
  /** `stopped`: by its owner. */
  | { readonly error: unknown; readonly stopped: boolean };

const nothing = Promise.resolve();

/**
 * How one call goes: written by the one who runs it, read through `Job` or `predict`.
 *
 * It ends exactly once: with a result, with an error, or stopped by its owner. Thousands of calls may
 * wait for their turn: what most of them never need is made when it is asked for.
 */
export class JobRecord<T> implements Placed {
  /** What is kept besides the outcome; `undefined`: nobody can ask for more. */
  readonly journal: JobJournal<T> | undefined;
  /** Where the runner keeps it. */
  place = 0;
  /** Whether a value has been handed out. */
  yielded = false;
  readonly #callbacks: readonly ResultListener[];
  readonly #keeper: JobKeeper;
  #watcher: EndWatcher | undefined;
  #controller: AbortController | undefined;
  #end: End<T> | undefined;
  #ended: Deferred | undefined;
  #take: ((result: T) => void) | undefined;
  #refuse: ((error: unknown) => void) | undefined;
  #isSettled = false;
  #settled: Deferred | undefined;

  /** @param journal what somebody may ask for besides the result. */
  constructor(
    callbacks: readonly ResultListener[],
    journal: JobJournal<T> | undefined,
    keeper: JobKeeper,
  ) {
    this.#callbacks = callbacks;
    this.journal = journal;
    this.#keeper = keeper;
  }

  /** Fires when the owner stops the job: its reason is the error that the job ends with. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      const end = this.#end;
      if (end !== undefined && "error" in end && end.stopped) this.#controller.abort(end.error);
    }
    return this.#controller.signal;
  }

  get done(): boolean {
    return this.#end !== undefined;
  }

  /** Resolves at the end, however it ends. */
  get ended(): Promise<void> {
    return this.done ? nothing : (this.#ended ??= deferred()).promise;
  }

  /** Resolves when the runner has cleaned up, on the server too. */
  get settled(): Promise<void> {
    return this.#isSettled ? nothing : (this.#settled ??= deferred()).promise;
  }

  /** The result, or the error thrown; only after the end. */
  outcome(): T {
    if (this.#end !== undefined && "result" in this.#end) return this.#end.result;
    throw this.#end?.error;
  }

  /** Gives the outcome to one of these, at the end; for one who asks. */
  handOver(take: (result: T) => void, refuse: (error: unknown) => void): void {
    this.#take = take;
    this.#refuse = refuse;
    if (this.#end !== undefined) this.#deliver(this.#end);
  }

  /** Who is told of the end; whoever was to be told before is not. */
  watch(watcher: EndWatcher | undefined): void {
    if (this.done) watcher?.jobEnded(this);
    else this.#watcher = watcher;
  }

  setStatus(status: Omit<StatusUpdate, "time">): void {
    if (!this.done) this.journal?.setStatus(status);
  }

  tell(update: JobUpdate<T>): void {
    if (!this.done) this.journal?.tell(update);
  }

  output(value: T): void {
    if (this.done) return;
    this.yielded = true;
    this.journal?.output(value);
  }

  /** Ends it well. `spread` are the outputs as the callbacks get them. */
  finish(result: T, spread: readonly unknown[]): void {
    if (this.done) return;
    this.#close({ result }, "FINISHED");
    for (const callback of this.#callbacks) {
      try {
        callback(...spread);
      } catch (error) {
        // The call itself went well: the callback's error is its author's, and must be seen.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  fail(failure: unknown): void {
    if (this.done) return;
    const error = this.#keeper.clean(failure, this);
    const code = error instanceof QueueFullError ? "QUEUE_FULL" : "FINISHED";
    this.#close({ error, stopped: false }, code);
  }

  /** Ends it at its owner's wish, and makes the runner stop it on the server. */
  stop(reason: unknown): void {
    if (this.done) return;
    this.#close({ error: reason, stopped: true }, "CANCELLED");
    this.#controller?.abort(reason);
  }

  /** Nothing of it is left. */
  settle(): void {
    this.#isSettled = true;
    this.#settled?.resolve();
  }

  #close(end: End<T>, code: StatusUpdate["code"]): void {
    this.journal?.conclude({ code, success: "result" in end });
    this.#end = end;
    this.#watcher?.jobEnded(this);
    this.#ended?.resolve();
    this.#deliver(end);
    if ("error" in end) this.journal?.updates.fail(end.error);
    else this.journal?.updates.close();
  }

  #deliver(end: End<T>): void {
    if ("error" in end) this.#refuse?.(end.error);
    else this.#take?.(end.result);
  }
}
