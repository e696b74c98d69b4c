import type { JobMessageBody } from "../core/messages.js";
import type { JobListener } from "../io/pending-job.js";
import type { Call } from "./dialect.js";

/**
 * One job that has a connection to itself, as before 4.9. Its caller may leave earlier than it ends:
 * then it is abandoned, and what still comes for it goes nowhere.
 */
export class SoloJob {
  readonly call: Call;
  /** The session it runs in. */
  readonly hash: string;
  /** By this the server knows it, where the server says so. */
  eventId: string | undefined;
  /** Whether it is still in the queue. */
  waits = true;
  /** Whether it is a generator that has given a value. */
  yields = false;
  /** Whether the server has got what it needs to run it. */
  hasData = false;
  /** Whether the server has said that it is over. */
  ended = false;
  /** Resolves with the server's first word about it; rejects when there was none. */
  readonly taken: Promise<void>;
  readonly #connection = new AbortController();
  readonly #onMove: (job: SoloJob) => void;
  #listener: JobListener | undefined;
  #isTaken = false;
  #isOver = false;
  #take!: () => void;
  #refuse!: (error: Error) => void;

  /** @param onMove told when it has started or yielded although its caller has left. */
  constructor(call: Call, hash: string, listener: JobListener, onMove: (job: SoloJob) => void) {
    this.call = call;
    this.hash = hash;
    this.#onMove = onMove;
    this.#listener = listener;
    this.taken = new Promise((resolve, reject) => {
      this.#take = resolve;
      this.#refuse = reject;
    });
  }

  get fnIndex(): number {
    return this.call.endpoint.dependency.fnIndex;
  }

  /** Ends its connection. */
  get signal(): AbortSignal {
    return this.#connection.signal;
  }

  /** Whether its caller still wants to hear of it. */
  get wanted(): boolean {
    return this.#listener !== undefined && !this.#isOver;
  }

  get over(): boolean {
    return this.#isOver;
  }

  message(message: JobMessageBody): void {
    if (this.#isOver) return;
    const { type } = message;
    const yields = type === "generating";
    const moves = (this.waits && type === "started") || (!this.yields && yields);
    if (moves) {
      this.waits = false;
      this.yields = yields;
    }
    if (type !== "joining") {
      this.#isTaken = true;
      this.#take();
    }
    this.ended = type === "completed" || type === "failed" || type === "stopped";
    this.#isOver = this.ended;
    if (this.#listener !== undefined) this.#listener.message(message);
    else if (moves) this.#onMove(this);
  }

  /** Its connection is gone, or was refused. */
  lost(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#isTaken) this.#listener?.lost(error);
    else this.#refuse(error);
    this.#connection.abort();
  }

  /** Its caller hears nothing more. */
  abandon(): void {
    this.#listener = undefined;
  }

  /** Gives it up: there is nothing more to be done about it. */
  leave(): void {
    this.abandon();
    this.#isOver = true;
    this.#connection.abort();
  }
}
