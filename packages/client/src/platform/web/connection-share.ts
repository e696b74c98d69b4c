import type { TransportRequest } from "../../io/platform.js";
import { acquireSlot, type PromisedSlots } from "../../io/acquire-slot.js";
import { WorkerSlots } from "../../io/worker-slots.js";

/** Browsers and edge runtimes have six connections to a server over HTTP/1.1. */
const mostStreams = 3;
const mostHeartbeats = 1;

/**
 * Keeps connections free for requests that are answered at once: event streams and heartbeats stay
 * open for as long as a job or a session, and a seventh request, which may well be the cancel of one
 * of those jobs, would wait for them. Sessions of single calls have a stream and a heartbeat each.
 */
export class ConnectionShare {
  readonly #streams: PromisedSlots = new WorkerSlots(mostStreams);
  readonly #heartbeats: PromisedSlots = new WorkerSlots(mostHeartbeats);

  /** Waits until a request may have a connection; the returned function gives it back. */
  async acquire(
    { background, headers }: TransportRequest,
    signal: AbortSignal,
  ): Promise<(() => void) | undefined> {
    if (background === true) return await acquireSlot(this.#heartbeats, signal);
    if (headers["accept"] === "text/event-stream") return await acquireSlot(this.#streams, signal);
    return undefined;
  }
}
