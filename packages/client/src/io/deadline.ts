import { onAbort } from "../core/on-abort.js";
import { TimeoutError } from "../errors.js";

/** What bounds a wait: the caller's signal, a time-out in milliseconds, or both. */
export interface Bounds {
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the wait ends with a `TimeoutError`. Default: none. */
  readonly timeout?: number | undefined;
}

/** A signal that fires when the caller aborts or the time is over; `release` ends its timer. */
export interface Deadline {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  release(): void;
}

/** A timer that is told more fires at once. It is over three weeks: nobody waits for its end. */
const longestTimer = 2 ** 31 - 1;

/** Joins a signal and a time-out into one signal, whose reason says which of them it was. */
export function startDeadline({ signal, timeout }: Bounds, what: string): Deadline {
  const controller = new AbortController();
  const abort = (reason: unknown): void => controller.abort(reason);
  const forward = (): void => abort(signal?.reason);
  const timer =
    timeout === undefined || timeout > longestTimer
      ? undefined
      : setTimeout(
          () => abort(new TimeoutError(`${what} took longer than ${timeout} ms.`)),
          timeout,
        );
  const forget = onAbort(signal, forward);
  if (signal?.aborted === true) forward();
  return {
    signal: controller.signal,
    abort,
    release: () => {
      clearTimeout(timer);
      forget();
    },
  };
}

/** Waits for a promise until the signal fires; the promise itself goes on. */
export async function waitFor<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}

/** Waits for a promise that never rejects, but not longer than this. */
export async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, over]);
  clearTimeout(timer);
}
