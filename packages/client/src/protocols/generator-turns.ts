import { waitFor } from "../io/deadline.js";
import { pauseFor } from "../io/retry.js";
import type { SoloJob } from "./solo-job.js";

/** The shortest time that one step of a generator is expected to take at most, in milliseconds. */
const shortestStep = 1000;
const waits = {
  type: "estimation",
  rank: undefined,
  queueSize: undefined,
  eta: undefined,
} as const;

/**
 * A server of Gradio 3 keeps one generator per function and session: two calls at the same time would
 * get each other's values. So they are made one after the other, each when the connection of the one
 * before has ended.
 *
 * One that was left ends with the step it is at, and nothing tells when. So the next call waits for
 * twice as long as its longest step took, and not less than a moment.
 */
export class GeneratorTurns {
  /** Settles when all calls so far are over; by function and session. */
  readonly #last = new Map<string, Promise<void>>();
  /** When a call that was left is expected to have ended on the server. */
  readonly #left = new Map<string, number>();

  /** Makes a call when it is its turn; it can be given up before. */
  async run(job: SoloJob, converse: (onMessage: () => void) => Promise<void>): Promise<void> {
    const key = `${job.fnIndex} ${job.hash}`;
    const before = this.#last.get(key);
    let end!: () => void;
    const turn = new Promise<void>((resolve) => (end = resolve));
    // One that gives up while it waits lets nobody pass those before it.
    const last = Promise.all([before, turn]).then(() => {
      if (this.#last.get(key) === last) this.#last.delete(key);
    });
    this.#last.set(key, last);
    try {
      if (before !== undefined) {
        job.message(waits);
        await waitFor(before, job.signal);
      }
      await this.#settled(key, job);
      await this.#measured(key, job, converse);
    } finally {
      end();
    }
  }

  async #settled(key: string, job: SoloJob): Promise<void> {
    const rest = (this.#left.get(key) ?? 0) - performance.now();
    if (rest > 0) {
      job.message(waits);
      await pauseFor(rest, job.signal);
    }
    this.#left.delete(key);
  }

  async #measured(
    key: string,
    job: SoloJob,
    converse: (onMessage: () => void) => Promise<void>,
  ): Promise<void> {
    let [latest, longest] = [performance.now(), shortestStep];
    const measure = (): void => {
      const now = performance.now();
      longest = Math.max(longest, now - latest);
      latest = now;
    };
    try {
      await converse(measure);
    } finally {
      measure();
      for (const [other, end] of this.#left) if (end < latest) this.#left.delete(other);
      if (job.hasData && !job.ended) this.#left.set(key, latest + 2 * longest);
    }
  }
}
