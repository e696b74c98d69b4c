import type { Dependency } from "../core/config.js";
import { ConnectionError } from "../errors.js";
import { errorFromFailure } from "../io/failure.js";
import type { Requests } from "../io/requests.js";
import { closedError } from "../io/traffic.js";
import { pauseBefore, pauseFor, wasNotTaken } from "../io/retry.js";
import { confirmApp } from "../io/same-app.js";
import type { JobOwner } from "../io/join.js";
import type { JobListener } from "../io/pending-job.js";
import { findCancelEvent, triggerCancelEvent } from "./cancel-event.js";
import type { Call, Session, Ticket } from "./dialect.js";
import { SoloJob } from "./solo-job.js";

/** How one call is made over a connection of its own. */
export interface SoloDialect {
  readonly requests: Requests;
  readonly dependencies: readonly Dependency[];
  /** The session in which a call is made, given that of the client. */
  sessionOf(call: Call, hash: string): string;
  /** Makes the call; resolves when its connection has ended. */
  converse(job: SoloJob): Promise<void>;
  /**
   * Stops an abandoned job, now or as soon as it can be: called again whenever it moves on.
   *
   * @param endEvent ends it by an event that the app offers for it; `false`: there is none that would
   *   not hit others.
   */
  stop(job: SoloJob, endEvent: () => Promise<boolean>): Promise<void>;
}

/** A session of Gradio before 4.9, where every job has a connection to itself. */
export class SoloSession implements Session {
  readonly hash: string;
  readonly #dialect: SoloDialect;
  /** With what resolves when their connections have ended. */
  readonly #jobs = new Map<SoloJob, Promise<void>>();
  #closed = false;

  constructor(hash: string, dialect: SoloDialect) {
    this.hash = hash;
    this.#dialect = dialect;
  }

  get size(): number {
    return this.#jobs.size;
  }

  async submit(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket> {
    for (let attempt = 1; ; attempt += 1) {
      const { requests } = this.#dialect;
      try {
        if (requests.app.inDoubt) await confirmApp(requests);
        return await this.#start(call, listener);
      } catch (error) {
        const pause =
          wasNotTaken(error) && !requests.app.restarted
            ? pauseBefore(call.retry, attempt)
            : undefined;
        if (pause === undefined) throw error;
        await pauseFor(pause, owner.signal);
      }
    }
  }

  async retire(): Promise<void> {
    await Promise.all(this.#jobs.values());
  }

  close(): void {
    this.#closed = true;
    for (const job of this.#jobs.keys()) {
      job.lost(closedError());
      job.leave();
    }
  }

  async #start(call: Call, listener: JobListener): Promise<Ticket> {
    if (this.#closed) throw closedError();
    const hash = this.#dialect.sessionOf(call, this.hash);
    const job = new SoloJob(call, hash, listener, (moved) => this.#stopLater(moved));
    this.#jobs.set(job, this.#run(job));
    await job.taken;
    return { cancel: () => this.#cancel(job) };
  }

  async #run(job: SoloJob): Promise<void> {
    try {
      await this.#dialect.converse(job);
      job.lost(endedEarly(job.hasData));
    } catch (error) {
      job.lost(errorFromFailure(error, this.#dialect.requests.base, job.hasData));
    } finally {
      this.#jobs.delete(job);
    }
  }

  async #cancel(job: SoloJob): Promise<void> {
    job.abandon();
    await this.#dialect.stop(job, () => this.#triggerEndEvent(job));
  }

  #stopLater(job: SoloJob): void {
    this.#cancel(job).catch(() => {
      // Nobody waits for it: whoever cancelled has been answered, and the job ends by itself.
    });
  }

  async #triggerEndEvent(job: SoloJob): Promise<boolean> {
    const { dependencies, requests } = this.#dialect;
    const others = [...this.#jobs.keys()].filter(({ wanted, hash }) => wanted && hash === job.hash);
    const event = findCancelEvent(dependencies, job.fnIndex, (functions) =>
      others.every(({ fnIndex }) => !functions.includes(fnIndex)),
    );
    if (event === undefined) return false;
    await triggerCancelEvent(requests, event, job.hash);
    return true;
  }
}

function endedEarly(mayHaveRun: boolean): ConnectionError {
  const what = mayHaveRun ? "The call may have run, its result is lost" : "The call has not run";
  return new ConnectionError(
    "CONNECTION_LOST",
    `The app ended the connection before the call was over. ${what}.`,
    { mayHaveRun, retryable: !mayHaveRun },
  );
}
