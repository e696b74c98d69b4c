import { onAbort } from "../core/on-abort.js";
import type { WorkerSlots } from "./worker-slots.js";

/** Slots for which a promise waits: the function tells it that it has one. */
export type PromisedSlots = WorkerSlots<() => void>;

/** Waits for a slot until the signal fires; the returned function gives it back, once. */
export async function acquireSlot(slots: PromisedSlots, signal: AbortSignal): Promise<() => void> {
  signal.throwIfAborted();
  if (!slots.tryTake()) await waitForTurn(slots, signal);
  let held = true;
  const release = (): void => {
    if (held) slots.give()?.();
    held = false;
  };
  // The slot may have been handed over in the same moment in which the wait was given up.
  if (signal.aborted) release();
  signal.throwIfAborted();
  return release;
}

async function waitForTurn(slots: PromisedSlots, signal: AbortSignal): Promise<void> {
  let forget: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const spot = slots.wait(resolve);
      forget = onAbort(signal, () => {
        slots.leave(spot);
        reject(signal.reason as Error);
      });
    });
  } finally {
    forget?.();
  }
}
