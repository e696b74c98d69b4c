import { within } from "../io/deadline.js";
import type { FollowedJob } from "./followed-job.js";
import { canDrop, dropAll, isUnwanted, type StoppableSession, type Stopper } from "./stopper.js";

/** How long the server's own word about a cancelled job is waited for, in milliseconds. */
const farewellLimit = 2000;
/** How long a new call of a function waits until a cancel for it has reached the server. */
const sweepLimit = 1000;
/**
 * How long a job may still be about to start, in milliseconds: since its first message, or without
 * one. After that it waits for others.
 */
const startLimit = { heard: 500, unheard: 2000 };
/** In steps of this: a process that was held up reads what has come before the next one. */
const startStep = 100;
/** A function index that no app has: a cancel with it takes only a waiting job out of the queue. */
const noFunction = -1;

/**
 * Stops jobs by `/cancel` (4.31 and later). The delicate part: it ends every running job of a
 * function in the session, whichever job was meant, and a cancel that names no function makes
 * generators start anew. So an abandoned job is stopped as soon as nobody wants another job of the
 * same function; until then it goes on unheard.
 */
export class StopByCancel implements Stopper {
  readonly #session: StoppableSession;
  readonly #cancelsWaiting: boolean;
  /** Cancels under way, by function: a new job of it must not be hit by them. */
  readonly #sweeps = new Map<number, Promise<unknown>>();
  /**
   * Jobs that were taken out of the queue beside others of their function. One may have started in
   * that moment, and then runs anew: so it is stopped once more when nobody wants the others.
   */
  readonly #doubtful = new Map<number, string>();

  /** @param cancelsWaiting whether a cancel takes a waiting job out of the queue (6.14). */
  constructor(session: StoppableSession, cancelsWaiting: boolean) {
    this.#session = session;
    this.#cancelsWaiting = cancelsWaiting;
  }

  clear(fnIndex: number): Promise<unknown> | undefined {
    const sweep = this.#sweeps.get(fnIndex);
    return sweep === undefined ? undefined : within(sweepLimit, sweep);
  }

  async cancel(job: FollowedJob): Promise<void> {
    const { fnIndex } = job;
    await this.#sweep(fnIndex);
    if (!this.#cancelsWaiting) return;
    if (job.waits) await mayStart(job);
    // Its siblings go on, but it need not wait with them.
    if (job.ended || !job.waits || isUnwanted(this.#session, [fnIndex])) return;
    if (job.eventId !== undefined) this.#doubtful.set(fnIndex, job.eventId);
    await this.#stop(job, noFunction);
  }

  sweep(): void {
    const abandoned = this.#session.jobs.filter(({ wanted }) => !wanted);
    const functions = abandoned.map((job) => job.fnIndex);
    for (const fnIndex of new Set([...functions, ...this.#doubtful.keys()])) {
      this.#sweep(fnIndex).catch(() => {
        // Nobody waits for it: whoever cancelled has been answered, and the server ends it by itself.
      });
    }
  }

  /** Stops the abandoned jobs of a function, unless that would stop others as well. */
  async #sweep(fnIndex: number): Promise<void> {
    if (!isUnwanted(this.#session, [fnIndex])) return;
    const abandoned = this.#session.jobs.filter((job) => job.fnIndex === fnIndex);
    const waiting = abandoned.some(({ waits }) => waits);
    if (!this.#cancelsWaiting && waiting && canDrop(this.#session)) {
      dropAll(this.#session);
      return;
    }
    // A waiting job that cannot leave the queue is stopped when it starts.
    const stoppable = abandoned.filter(({ waits }) => this.#cancelsWaiting || !waits);
    const doubtful = this.#doubtful.get(fnIndex);
    this.#doubtful.delete(fnIndex);
    const told = stoppable.map((job) => this.#stop(job, fnIndex));
    if (doubtful !== undefined) told.push(this.#post(doubtful, fnIndex));
    if (told.length === 0) return;
    const stops = Promise.all(told);
    const sweep = stops.catch(() => undefined);
    this.#sweeps.set(fnIndex, sweep);
    try {
      await stops;
    } finally {
      if (this.#sweeps.get(fnIndex) === sweep) this.#sweeps.delete(fnIndex);
    }
  }

  async #stop(job: FollowedJob, fnIndex: number): Promise<void> {
    const { eventId } = job;
    if (eventId === undefined || job.stoppedAs === fnIndex) return;
    job.stoppedAs = fnIndex;
    try {
      await this.#post(eventId, fnIndex);
    } finally {
      job.leaveAfter(farewellLimit, () => {
        this.#session.events.forget(eventId);
        job.end();
      });
    }
  }

  async #post(eventId: string, fnIndex: number): Promise<void> {
    const { requests, events } = this.#session;
    const body = { session_hash: events.hash, fn_index: fnIndex, event_id: eventId };
    await requests.postJson(requests.api("/cancel"), JSON.stringify(body));
  }
}

/**
 * Resolves when it is known whether a waiting job is just starting: a generator that is taken out of
 * the queue in that moment would start twice.
 */
async function mayStart(job: FollowedJob): Promise<void> {
  const { heardAt } = job;
  // Clocks can be set back.
  const passed = heardAt === undefined ? 0 : Math.max(0, Date.now() - heardAt);
  const limit = heardAt === undefined ? startLimit.unheard : startLimit.heard;
  const started = job.outOfQueue();
  for (let left = limit - passed; left > 0 && job.waits && !job.ended; left -= startStep) {
    await within(Math.min(left, startStep), started);
  }
}
