import type { JobMessageBody } from "../core/messages.js";
import { EarlyMessages } from "./early-messages.js";
import { probeJob } from "./job-probe.js";
import { releaseJob } from "./job-release.js";
import { KnownJobs } from "./known-jobs.js";
import type { Requests } from "./requests.js";
import { isSameApp } from "./same-app.js";
import { lost } from "./session-stream.js";
import { UnansweredJoins } from "./unanswered-joins.js";

/** A job that gave no sign for so long is asked after, in milliseconds. */
const quietLimit = 60_000;
/** How long the completion of a job that the server has ended may still be on its way. */
const lastWordLimit = 2000;
/** The one who follows a job. Exactly one of `lost` and the message that ends the job comes last. */
export interface JobListener {
  message(message: JobMessageBody): void;
  lost(error: Error): void;
}

/** What is known of a job from its join. */
export interface JoinedJob {
  readonly fnIndex: number;
  /** Whether the server may be asked after the job: not for inputs that are fed chunk by chunk. */
  readonly mayAsk: boolean;
}

interface PendingJob extends JoinedJob {
  /** Nobody once it is over: an old copy of a `Map`, which V8 makes now and then, holds the job on. */
  listener: JobListener | undefined;
  /** How many joins had been answered with this one. */
  readonly joinedAs: number;
  /** Whether anything has been heard of it: a job that is there speaks at once. */
  heard: boolean;
  started: boolean;
  /**
   * Whether a stream broke in a way that may have muted it. Messages from before that are repeated
   * all the same: they prove nothing.
   */
  suspect: boolean;
  lastSign: number;
  asking: boolean;
  /** Gives up on the last word about it. */
  farewell?: ReturnType<typeof setTimeout>;
}

/** The jobs of one session: who follows which, and what becomes of them when their stream breaks. */
export class SessionJobs {
  readonly #requests: Requests;
  readonly #sessionHash: string;
  readonly #onChange: () => void;
  readonly #jobs = new KnownJobs<PendingJob>();
  readonly #early: EarlyMessages;
  readonly #unanswered = new UnansweredJoins();
  #joining = 0;
  #joined = 0;

  /** @param onChange called when a job is over that the stream itself has not ended. */
  constructor(requests: Requests, sessionHash: string, onChange: () => void) {
    this.#requests = requests;
    this.#early = new EarlyMessages(requests.sizeLimit(requests.base));
    this.#sessionHash = sessionHash;
    this.#onChange = onChange;
  }

  /** How many jobs are under way, joins included. */
  get size(): number {
    return this.#jobs.size + this.#joining;
  }

  /** How many joins have been answered so far. */
  get joined(): number {
    return this.#joined;
  }

  /** Whether there is something that only the stream can tell. */
  get needStream(): boolean {
    return this.#jobs.size > 0 || this.#unanswered.size > 0;
  }

  /** Whether a job has been spoken of already whose join is not answered. */
  get foretold(): boolean {
    return this.#early.eventIds.length > 0;
  }

  beginJoin(): void {
    this.#joining += 1;
  }

  endJoin(): void {
    this.#joining -= 1;
    if (this.#joining === 0) this.#early.clear();
    else this.#match();
  }

  /** Whether there are joins whose answer is lost and whose jobs have not been found. */
  get searching(): boolean {
    return this.#unanswered.size > 0;
  }

  /**
   * Waits for the stream to speak of the job of a join whose answer is lost.
   *
   * @param over whether the app is done with the join: else it may still take it.
   */
  search(body: string, error: Error, over: boolean): Promise<string> {
    const found = this.#unanswered.search(body, error, over);
    this.#match();
    return found;
  }

  register(eventId: string, listener: JobListener, { fnIndex, mayAsk }: JoinedJob): void {
    this.#joined += 1;
    this.#jobs.add(eventId, {
      listener,
      joinedAs: this.#joined,
      fnIndex,
      mayAsk,
      heard: false,
      started: false,
      suspect: false,
      lastSign: Date.now(),
      asking: false,
    });
    for (const message of this.#early.take(eventId)) this.deliver(eventId, message);
    this.#match();
  }

  /**
   * @param size of the message: it counts where nobody knows yet whose it is.
   * @throws ProtocolError when there are too many of those.
   */
  deliver(eventId: string, message: JobMessageBody, size = 0): void {
    const job = this.#jobs.get(eventId);
    if (job === undefined) {
      if (this.#joining === 0 || this.#jobs.isPast(eventId)) return;
      this.#early.add(eventId, message, size);
      this.#match();
      return;
    }
    const { type } = message;
    job.lastSign = Date.now();
    job.heard = true;
    job.started ||= type === "started" || type === "generating";
    const { listener } = job;
    if (type === "completed" || type === "failed" || type === "stopped") {
      silence(job);
      this.#jobs.end(eventId);
    }
    listener?.message(message);
  }

  /** Stops listening to a job: what still comes for it goes nowhere. */
  forget(eventId: string): void {
    const job = this.#jobs.get(eventId);
    if (job !== undefined) silence(job);
    this.#jobs.leave(eventId);
  }

  forgetAll(): void {
    for (const [eventId] of this.#jobs.underWay()) this.forget(eventId);
  }

  failAll(error: Error): void {
    this.#unanswered.fail(error);
    for (const [eventId] of this.#jobs.underWay()) this.#lose(eventId, error);
  }

  /**
   * The server has dropped every job of a stream: running ones are unheard, waiting ones gone.
   *
   * @returns a promise that resolves when the server has been told to stop those that run.
   */
  async dropped(cause: Error): Promise<void> {
    this.#unanswered.fail(cause);
    const work: Promise<void>[] = [];
    for (const [eventId, job] of this.#jobs.underWay()) {
      if (job.started || !job.mayAsk) {
        this.#lose(eventId, lost("it broke", { cause }));
        work.push(this.#release(eventId, job));
      } else {
        work.push(this.#loseWaiting(eventId, job, cause));
      }
    }
    await Promise.all(work);
  }

  /**
   * The server does not know the session: if it is new, joins without an answer were not taken. But
   * an app that has been restarted since knows nothing of what it took before.
   */
  async refuteJoins(): Promise<void> {
    const joins = this.#joined > 0 ? [] : this.#unanswered.all().filter(({ over }) => over);
    if (joins.length === 0) return;
    const error = (await isSameApp(this.#requests))
      ? lost("the app did not take the call", { retryable: true, mayHaveRun: false })
      : lost("the app was restarted before it answered the call", { retryable: true });
    this.#unanswered.fail(error, joins);
  }

  /**
   * The server does not know the session. A stream that was opened before a join was answered, and
   * spoke of no job, only came too early: the job is there, and the next stream brings it.
   */
  unknownSession(openedAfter: number, spoke: boolean): void {
    for (const [eventId, job] of this.#jobs.underWay()) {
      if (!spoke && job.joinedAs > openedAfter) continue;
      this.#lose(eventId, lost("the app no longer knows the session"));
    }
  }

  /** A stream broke without a word: jobs from before it may never be heard of again. */
  suspect(openedAfter: number): void {
    for (const [, job] of this.#jobs.underWay()) job.suspect ||= job.joinedAs <= openedAfter;
  }

  /** Asks the server after jobs that may be gone without anybody telling. */
  askAfterQuietOnes(): void {
    const now = Date.now();
    for (const [eventId, job] of this.#jobs.underWay()) {
      const quiet = job.suspect || !job.heard || now - job.lastSign > quietLimit;
      if (job.mayAsk && quiet && !job.asking) void this.#askAfter(eventId, job);
    }
  }

  async #askAfter(eventId: string, job: PendingJob): Promise<void> {
    job.asking = true;
    const trace = await probeJob(this.#requests, eventId);
    job.asking = false;
    if (trace !== "gone") return;
    if (this.#jobs.get(eventId) !== job) return;
    job.farewell = setTimeout(() => {
      this.#lose(eventId, lost("the app has ended the call without telling how"));
      this.#onChange();
    }, lastWordLimit);
  }

  async #loseWaiting(eventId: string, job: PendingJob, cause: Error): Promise<void> {
    const { listener } = job;
    this.forget(eventId);
    const trace = await probeJob(this.#requests, eventId);
    const retryable = trace === "gone";
    listener?.lost(lost("it broke while the call waited", { cause, retryable }));
    if (trace === "alive") await this.#release(eventId, job);
  }

  /** A join under way may bring another job of the function, which must not be hit. */
  async #release(eventId: string, { fnIndex }: PendingJob): Promise<void> {
    if (this.#joining > 0) return;
    await releaseJob(this.#requests, { sessionHash: this.#sessionHash, fnIndex, eventId });
  }

  /** Jobs that no answered join explains belong to the joins whose answer is lost. */
  #match(): void {
    if (this.#unanswered.size > 0 && this.#unanswered.size === this.#joining) {
      this.#unanswered.match(this.#early.eventIds);
    }
  }

  #lose(eventId: string, error: Error): void {
    const listener = this.#jobs.get(eventId)?.listener;
    this.forget(eventId);
    listener?.lost(error);
  }
}

/** Nobody follows it any more. */
function silence(job: PendingJob): void {
  clearTimeout(job.farewell);
  job.listener = undefined;
}
