interface Listeners {
  readonly all: Set<() => void>;
  readonly tell: () => void;
}

const known = new WeakMap<AbortSignal, Listeners>();

/**
 * Listens to the abort of a signal, once. However many listen, the signal itself has one listener:
 * Node takes more than ten for a leak and says so, but a program may well stop all its calls by one
 * signal.
 *
 * @returns the function that ends it.
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined || signal.aborted) return () => {};
  const listeners = known.get(signal) ?? open(signal);
  const { all, tell } = listeners;
  // Two who pass the same function are two.
  const own = (): void => listener();
  all.add(own);
  return () => {
    if (!all.delete(own) || all.size > 0) return;
    signal.removeEventListener("abort", tell);
    known.delete(signal);
  };
}

function open(signal: AbortSignal): Listeners {
  const all = new Set<() => void>();
  const tell = (): void => {
    known.delete(signal);
    for (const listener of all) listener();
  };
  const listeners: Listeners = { all, tell };
  known.set(signal, listeners);
  signal.addEventListener("abort", tell, { once: true });
  return listeners;
}
