import { takeOut } from "./take-out.js";

/** One who listens; empty once it does not any more. */
interface Listening {
  listener: (() => void) | undefined;
  /** Where in the list it stands. */
  place: number;
}

interface Listeners {
  /**
   * In no order. Not a `Set`: an old copy of one would hold whole requests that have long been
   * answered.
   */
  readonly all: Listening[];
  readonly tell: () => void;
  /** Whether the signal keeps its listener when nobody listens. */
  readonly lasts: boolean;
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
  const listeners = known.get(signal) ?? open(signal, false);
  const { all } = listeners;
  const own: Listening = { listener, place: all.length };
  all.push(own);
  return () => {
    if (own.listener === undefined) return;
    own.listener = undefined;
    const moved = takeOut(all, own.place);
    if (moved !== undefined) moved.place = own.place;
    if (all.length > 0 || listeners.lasts) return;
    signal.removeEventListener("abort", listeners.tell);
    known.delete(signal);
  };
}

/**
 * A controller to whose signal one after the other listens. The signal keeps its one listener from
 * the beginning: to be given it and rid of it again takes longer than all else here.
 */
export function lastingController(): AbortController {
  const controller = new AbortController();
  open(controller.signal, true);
  return controller;
}

function open(signal: AbortSignal, lasts: boolean): Listeners {
  const all: Listening[] = [];
  const tell = (): void => {
    known.delete(signal);
    // Those who leave meanwhile move others.
    const told = all.slice();
    for (const { listener } of told) listener?.();
  };
  const listeners: Listeners = { all, tell, lasts };
  known.set(signal, listeners);
  signal.addEventListener("abort", tell, { once: true });
  return listeners;
}
