import { QueueFullError } from "./errors.js";
import { ReplayLog } from "./core/replay-log.js";
import { initialState } from "./core/job-state.js";
import type { JobUpdate, StatusUpdate } from "./core/status.js";

/** Told the outputs of a call that went well. */
export type ResultListener = (...outputs: unknown[]) => void;

const nothing = Promise.resolve();

/**
 * What is known of one call: written by the one who runs it, read through `Job`.
 *
 * It ends exactly once: with a result, with an error, or stopped by its owner.
 */
export class JobRecord<T> {
  readonly updates: ReplayLog<JobUpdate<T>> = new ReplayLog<JobUpdate<T>>();
  readonly outputs: T[] = [];
  /** Resolves at the end, however it ends. */
  readonly ended: Promise<void>;
  /** Resolves when the runner has cleaned up, on the server too. */
  settled: Promise<unknown> = nothing;
  /** Where the runner keeps it. */
  place = 0;
  #status: Omit<StatusUpdate, "time"> = initialState.status;
  #since = Date.now();
  /** Made when it is asked for: a stream changes it with every value, and hardly anybody looks. */
  #shown: StatusUpdate | undefined;
  #controller: AbortController | undefined;
  /** Whether a value has been handed out. */
  yielded = false;
  readonly #keeps: boolean;
  readonly #callbacks: readonly ResultListener[];
  readonly #clean: (error: unknown) => unknown;
  #end: { readonly result: T } | { readonly error: unknown } | undefined;
  #stopped: { readonly reason: unknown } | undefined;
  #finish!: () => void;

  /**
   * @param keeps whether somebody may ask for more than the result: values, facts, the status.
   * @param clean takes secrets out of an error, which can come from the app and quote them.
   */
  constructor(
    callbacks: readonly ResultListener[],
    keeps: boolean,
    clean: (error: unknown) => unknown,
  ) {
    this.#keeps = keeps;
    this.#callbacks = callbacks;
    this.#clean = clean;
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /**
   * Fires when the owner stops the job: its reason is the error that the job ends with. Made when it
   * is asked for: most jobs end before anybody has to wait for it.
   */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#stopped !== undefined) this.#controller.abort(this.#stopped.reason);
    }
    return this.#controller.signal;
  }

  get status(): StatusUpdate {
    this.#shown ??= { ...this.#status, time: new Date(this.#since) };
    return this.#shown;
  }

  get done(): boolean {
    return this.#end !== undefined;
  }

  /** The result, or the error thrown; only after the end. */
  outcome(): T {
    if (this.#end !== undefined && "result" in this.#end) return this.#end.result;
    throw this.#end?.error;
  }

  setStatus(status: Omit<StatusUpdate, "time">): void {
    if (this.done || !this.#keeps) return;
    this.#status = status;
    this.#since = Date.now();
    this.#shown = undefined;
  }

  tell(update: JobUpdate<T>): void {
    if (!this.done && this.#keeps) this.updates.push(update);
  }

  output(value: T): void {
    if (this.done) return;
    this.yielded = true;
    if (!this.#keeps) return;
    this.outputs.push(value);
    this.updates.push({ type: "output", value, index: this.outputs.length - 1 });
  }

  /** Ends it well. `spread` are the outputs as the callbacks get them. */
  finish(result: T, spread: readonly unknown[]): void {
    if (this.done) return;
    this.#close({ result }, { code: "FINISHED", success: true });
    this.updates.close();
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
    const error = this.#clean(failure);
    const code = error instanceof QueueFullError ? "QUEUE_FULL" : "FINISHED";
    this.#close({ error }, { code, success: false });
    this.updates.fail(error);
  }

  /** Ends it at its owner's wish, and makes the runner stop it on the server. */
  stop(reason: unknown): void {
    if (this.done) return;
    this.#close({ error: reason }, { code: "CANCELLED", success: false });
    this.updates.fail(reason);
    this.#stopped = { reason };
    this.#controller?.abort(reason);
  }

  #close(
    end: { readonly result: T } | { readonly error: unknown },
    status: Pick<StatusUpdate, "code" | "success">,
  ): void {
    if (this.#keeps) {
      const past = { rank: undefined, eta: undefined, log: undefined };
      this.setStatus({ ...this.#status, ...past, ...status });
    }
    this.#end = end;
    this.#finish();
  }
}
