/**
 * Works on many things, a few at the same time. All or nothing: the first failure aborts the others,
 * and it rejects with that failure when none of them runs any more.
 *
 * @param signal the owner's; it stops the work with its reason.
 */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  signal?.throwIfAborted();
  const waiting = [...items];
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const worker = async (): Promise<void> => {
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await work(next, controller.signal);
        controller.signal.throwIfAborted();
      }
    } catch (error) {
      // What fails because of the first failure says nothing new: only the first abort counts.
      controller.abort(error);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, worker));
    controller.signal.throwIfAborted();
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
