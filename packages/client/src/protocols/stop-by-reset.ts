import type { Dependency } from "../core/config.js";
import { findCancelEvent, resetEvent, triggerCancelEvent } from "./cancel-event.js";
import type { FollowedJob } from "./followed-job.js";
import { canDrop, isUnwanted, type StoppableSession, type Stopper } from "./stopper.js";

/** How long a job that a dropped stream has not ended is waited for, in milliseconds. */
const patience = 30_000;

/**
 * Stops jobs on servers without `/cancel` (before 4.31). A generator that has yielded is ended by
 * `/reset`; one that has not, and any other function, by an event that the app offers for it; a job
 * that waits only by dropping the session's stream. Where all of that would hit jobs that are wanted,
 * an abandoned job goes on unheard until it can be stopped, or to its end.
 */
export class StopByReset implements Stopper {
  readonly #session: StoppableSession;
  readonly #dependencies: readonly Dependency[];
  /** Cancel events under way, by function. */
  readonly #sweeps = new Map<number, Promise<unknown>>();

  constructor(session: StoppableSession, dependencies: readonly Dependency[]) {
    this.#session = session;
    this.#dependencies = dependencies;
  }

  clear(fnIndex: number): Promise<unknown> | undefined {
    return this.#sweeps.get(fnIndex);
  }

  async cancel(job: FollowedJob): Promise<void> {
    if (job.yields) await this.#reset(job);
    else if (!job.waits) await this.#end(job);
    this.#dropStream();
  }

  sweep(): void {
    for (const job of this.#session.jobs.filter(({ wanted }) => !wanted)) {
      if (job.ended) continue;
      this.cancel(job).catch(() => {
        // Nobody waits for it: whoever cancelled has been answered, and the server ends it by itself.
      });
    }
  }

  async #reset(job: FollowedJob): Promise<void> {
    const { eventId } = job;
    if (eventId === undefined || job.stoppedAs === job.fnIndex) return;
    job.stoppedAs = job.fnIndex;
    // Otherwise its last message is on the way.
    if (await resetEvent(this.#session.requests, eventId)) this.#leave(job);
  }

  async #end(job: FollowedJob): Promise<void> {
    const { fnIndex } = job;
    if (this.#sweeps.has(fnIndex)) return;
    const event = findCancelEvent(this.#dependencies, fnIndex, (functions) =>
      isUnwanted(this.#session, functions),
    );
    if (event === undefined) {
      const last = isUnwanted(this.#session, [fnIndex]);
      // A generator can be ended when it has yielded, another function not at all.
      if (last && !this.#isGenerator(fnIndex)) this.#leave(job);
      return;
    }
    const { requests, events, jobs } = this.#session;
    const ended = jobs.filter((other) => event.cancels.includes(other.fnIndex) && !other.waits);
    const trigger = triggerCancelEvent(requests, event, events.hash);
    const sweep = trigger.catch(() => undefined);
    for (const index of event.cancels) this.#sweeps.set(index, sweep);
    try {
      await trigger;
      for (const other of ended) this.#leave(other);
    } finally {
      for (const index of event.cancels) this.#sweeps.delete(index);
    }
  }

  /** Takes jobs out of the queue; those that the server keeps all the same are stopped later. */
  #dropStream(): void {
    const { events, jobs } = this.#session;
    if (!jobs.some(({ waits, dropped }) => waits && !dropped) || !canDrop(this.#session)) return;
    events.renew();
    for (const job of jobs) {
      job.dropped = true;
      job.leaveAfter(patience, () => this.#leave(job));
    }
  }

  #isGenerator(fnIndex: number): boolean {
    return this.#dependencies.some((known) => known.fnIndex === fnIndex && known.generator);
  }

  #leave(job: FollowedJob): void {
    if (job.eventId !== undefined) this.#session.events.forget(job.eventId);
    job.end();
  }
}
