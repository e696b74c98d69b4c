import { ConnectionError, HttpError, ProtocolError, TooManyRequestsError } from "../errors.js";

/** How often and after which pauses something is tried again. */
export interface RetryPolicy {
  /** Most attempts in all. */
  readonly attempts: number;
  /** The first pause, in milliseconds; each further one is about twice as long. */
  readonly minDelay: number;
  /** The longest pause, in milliseconds. */
  readonly maxDelay: number;
}

export const defaultRetry: RetryPolicy = { attempts: 3, minDelay: 300, maxDelay: 10_000 };

/** What an option `retry` stands for; `undefined` for `false`. */
export function retryPolicyOf(
  option: Partial<RetryPolicy> | false | undefined,
  fallback: RetryPolicy | undefined,
): RetryPolicy | undefined {
  if (option === undefined) return fallback;
  return option === false ? undefined : { ...defaultRetry, ...option };
}

/** A server that asks for a longer pause than this, in milliseconds, is not asked again. */
const longestWish = 10_000;

/**
 * How long to wait before the next attempt, in milliseconds; `undefined`: there is none.
 *
 * @param attempt how many attempts there were.
 * @param wish seconds that the server asks for.
 */
export function pauseBefore(
  policy: RetryPolicy | undefined,
  attempt: number,
  wish?: number,
): number | undefined {
  if (policy === undefined || attempt >= policy.attempts) return undefined;
  const longest = Math.min(policy.maxDelay, policy.minDelay * 2 ** (attempt - 1));
  // Clients that failed together shall not come back together.
  const pause = longest * (0.5 + Math.random() / 2);
  if (wish === undefined) return pause;
  const wished = wish * 1000;
  return wished > Math.max(longestWish, policy.maxDelay) ? undefined : Math.max(wished, pause);
}

/** Waits; the signal ends the wait with its reason. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(resolve, milliseconds);
      stop = () => reject(signal.reason as Error);
      signal.addEventListener("abort", stop, { once: true });
    });
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}

/** Whether a refused request has provably not been taken, so that it can be sent again. */
export function wasNotTaken(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.retryable && !error.mayHaveRun;
  if (error instanceof TooManyRequestsError) return true;
  // The app's own 503 is JSON (a full or a stopped queue); a gateway's says that it is not there.
  return error instanceof HttpError && error.status === 503 && !error.body.startsWith("{");
}

/** Whether nobody knows if a request was taken: its answer is missing or makes no sense. */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.code === "CONNECTION_LOST";
  if (error instanceof ProtocolError) return true;
  return error instanceof HttpError && (error.status === 502 || error.status === 504);
}
