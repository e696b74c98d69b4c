import { probeJob } from "./job-probe.js";
import type { PendingJob } from "./pending-job.js";
import type { Requests } from "./requests.js";

/** A job that gave no sign for so long is asked after, in milliseconds. */
const quietLimit = 60_000;

/** Who has the jobs that are asked after. */
export interface QuietJobsOwner {
  /** How long the completion of a job that the server has ended may still be on its way, in milliseconds. */
  readonly lastWord: number;
  /** Whether the stream is in the middle of a message, which may be anybody's. */
  receiving(): boolean;
  /** The server has ended it, and no word of that has come. */
  gone(eventId: string): void;
}

/** Asks the server after jobs that may be gone without anybody telling. */
export class QuietJobs {
  readonly #requests: Requests;
  readonly #owner: QuietJobsOwner;

  constructor(requests: Requests, owner: QuietJobsOwner) {
    this.#requests = requests;
    this.#owner = owner;
  }

  /** Asks after those of these jobs that have reason for it; the server is known to be there. */
  ask(jobs: readonly (readonly [eventId: string, job: PendingJob])[]): void {
    const now = Date.now();
    for (const [eventId, job] of jobs) {
      const quiet = job.suspect || !job.heard || now - job.lastSign > quietLimit;
      if (job.mayAsk && quiet && !job.asking) void this.#askAfter(eventId, job);
    }
  }

  async #askAfter(eventId: string, job: PendingJob): Promise<void> {
    job.asking = true;
    const trace = await probeJob(this.#requests, eventId);
    if (trace !== "gone") job.asking = false;
    else if (job.listener !== undefined) this.#waitForLastWord(eventId, job);
  }

  #waitForLastWord(eventId: string, job: PendingJob): void {
    job.farewell = setTimeout(() => {
      if (this.#owner.receiving()) this.#waitForLastWord(eventId, job);
      else this.#owner.gone(eventId);
    }, this.#owner.lastWord);
  }
}
