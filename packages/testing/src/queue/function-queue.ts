import type { AppFunction } from "../app-function.js";
import type { QueueEvent } from "./queue-event.js";
import type { QueueMessage } from "./messages.js";

/** Average seconds a function takes, queue overhead included. */
export class ProcessTimes {
  readonly #times = new Map<AppFunction, { total: number; count: number }>();

  add(fn: AppFunction, seconds: number): void {
    const { total, count } = this.#times.get(fn) ?? { total: 0, count: 0 };
    this.#times.set(fn, { total: total + seconds, count: count + 1 });
  }

  /** The average, or `null` while the function has never finished. */
  average(fn: AppFunction): number | null {
    const time = this.#times.get(fn);
    return time ? time.total / time.count : null;
  }
}

/** The waiting line of all functions that share one concurrency id. */
export class FunctionQueue {
  readonly waiting: QueueEvent[] = [];
  readonly limit: number | null;
  /** Start times (ms since epoch) of what runs, with the function. */
  readonly running: Set<{ fn: AppFunction; startedAt: number }> = new Set();

  constructor(limit: number | null) {
    this.limit = limit;
  }

  get hasRoom(): boolean {
    return this.limit === null || this.running.size < this.limit;
  }

  /** Takes the first event, with those that fit into its batch. */
  takeNext(): QueueEvent[] {
    const first = this.waiting[0];
    if (!first) return [];
    const { batch, maxBatchSize } = first.fn.endpoint;
    const chosen = batch
      ? this.waiting.filter((event) => event.fn === first.fn).slice(0, maxBatchSize)
      : [first];
    for (const event of chosen) this.remove(event);
    return chosen;
  }

  /** Takes an event out of the line; false when it is not in it. */
  remove(event: QueueEvent): boolean {
    const position = this.waiting.indexOf(event);
    if (position !== -1) this.waiting.splice(position, 1);
    return position !== -1;
  }

  /** What everybody in the line, from place `from` on, is told of the wait. */
  estimations(times: ProcessTimes, from: number): { event: QueueEvent; message: QueueMessage }[] {
    const untilWorker = this.#secondsUntilWorker(times);
    let ahead: number | null = 0;
    return this.waiting.flatMap((event, rank) => {
      const own = times.average(event.fn);
      const eta: number | null =
        own === null || ahead === null || untilWorker === null ? null : own + ahead + untilWorker;
      if (this.limit !== null) {
        ahead = ahead === null || own === null ? null : ahead + own / this.limit;
      }
      const message = {
        msg: "estimation",
        event_id: event.id,
        rank,
        queue_size: this.waiting.length,
        rank_eta: eta,
      } as const;
      return rank >= from ? [{ event, message }] : [];
    });
  }

  #secondsUntilWorker(times: ProcessTimes): number | null {
    if (this.limit === null || this.running.size < this.limit) return 0;
    let first = Infinity;
    for (const { fn, startedAt } of this.running) {
      const average = times.average(fn);
      if (average === null) return null;
      first = Math.min(first, startedAt / 1000 + average);
    }
    return first === Infinity ? 0 : Math.max(first - Date.now() / 1000, 0);
  }
}
