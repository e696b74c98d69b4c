import type { JobMessageBody } from "../core/messages.js";
import type { JobListener } from "../io/pending-job.js";
import type { Ticket } from "./dialect.js";

/** What a session wants to know of its jobs for its own bookkeeping. */
export interface JobObserver {
  /** It was heard of for the first time, has started, or has yielded its first value. */
  moved(): void;
  ended(job: FollowedJob): void;
  /** Stops it, which its caller has left. */
  cancel(job: FollowedJob): Promise<void>;
}

/**
 * One job of a session, from before its join to its end on the server. Its caller may leave earlier:
 * then it is abandoned, and what still comes for it goes nowhere.
 */
export class FollowedJob implements JobListener, Ticket {
  readonly fnIndex: number;
  /** Where its session has it in its list. */
  place = 0;
  eventId: string | undefined;
  /** When the stream first spoke of it, in milliseconds of `Date`: from then on the stream is open. */
  heardAt: number | undefined;
  /** Whether it is still in the queue. */
  waits = true;
  /** Whether it is a generator that has given a value. */
  yields = false;
  /** Whether its session's stream was dropped for it. */
  dropped = false;
  /** The function index with which the server was told to stop it. */
  stoppedAs: number | undefined;
  #listener: JobListener | undefined;
  readonly #observer: JobObserver;
  #hasEnded = false;
  #farewell: ReturnType<typeof setTimeout> | undefined;
  #leaveQueue: (() => void) | undefined;

  constructor(fnIndex: number, listener: JobListener, observer: JobObserver) {
    this.fnIndex = fnIndex;
    this.#listener = listener;
    this.#observer = observer;
  }

  /** Whether its caller still wants to hear of it. */
  get wanted(): boolean {
    return this.#listener !== undefined;
  }

  get ended(): boolean {
    return this.#hasEnded;
  }

  message(message: JobMessageBody): void {
    const { type } = message;
    const yields = type === "generating";
    const moves = (this.waits && type === "started") || (!this.yields && yields);
    const isFirst = this.heardAt === undefined;
    this.heardAt ??= Date.now();
    if (moves) {
      this.waits = false;
      this.yields = yields;
      this.#leaveQueue?.();
    }
    this.#listener?.message(message);
    if ((moves || isFirst) && !this.#hasEnded) this.#observer.moved();
    if (type === "completed" || type === "failed" || type === "stopped") this.end();
  }

  lost(error: Error): void {
    this.#listener?.lost(error);
    this.end();
  }

  /** Resolves when it leaves the queue: it has started or ended. For one who waits at a time. */
  outOfQueue(): Promise<void> {
    if (!this.waits || this.ended) return Promise.resolve();
    return new Promise((resolve) => {
      this.#leaveQueue = resolve;
    });
  }

  cancel(): Promise<void> {
    this.#listener = undefined;
    return this.#observer.cancel(this);
  }

  /** The server's last word about it is waited for, but not longer than this. */
  leaveAfter(milliseconds: number, leave: () => void): void {
    if (this.ended) return;
    clearTimeout(this.#farewell);
    this.#farewell = setTimeout(leave, milliseconds);
  }

  end(): void {
    clearTimeout(this.#farewell);
    const isFirst = !this.#hasEnded;
    this.#hasEnded = true;
    this.#listener = undefined;
    this.#leaveQueue?.();
    if (isFirst) this.#observer.ended(this);
  }
}
