import type { JobMessageBody } from "../core/messages.js";
import { EarlyMessages } from "./early-messages.js";
import { probeJob } from "./job-probe.js";
import { releaseJob } from "./job-release.js";
import { KnownJobs } from "./known-jobs.js";
import { silence, type JobListener, type JoinedJob, type PendingJob } from "./pending-job.js";
import { QuietJobs, type QuietJobsOwner } from "./quiet-jobs.js";
import type { Requests } from "./requests.js";
import { isSameApp } from "./same-app.js";
import { lost } from "./session-stream.js";
import { UnansweredJoins } from "./unanswered-joins.js";

/** The session that has the jobs. */
export interface JobsOwner extends Pick<QuietJobsOwner, "lastWord" | "receiving"> {
  /** Told when a job is over that the stream itself has not ended. */
  changed(): void;
}

/** A job whose stream broke, and why that did. */
type BereftJob = readonly [eventId: string, job: PendingJob, cause: Error];

/** The jobs of one session: who follows which, and what becomes of them when their stream breaks. */
export class SessionJobs {
  readonly #requests: Requests;
  readonly #sessionHash: string;
  readonly #quiet: QuietJobs;
  readonly #jobs = new KnownJobs<PendingJob>();
  readonly #early: EarlyMessages;
  readonly #unanswered = new UnansweredJoins();
  #joining = 0;
  #joined = 0;
  #breaks = 0;
  /** Those that the server dropped before their join was answered. */
  readonly #bereft: BereftJob[] = [];

  constructor(requests: Requests, sessionHash: string, owner: JobsOwner) {
    this.#requests = requests;
    this.#early = new EarlyMessages(requests.sizeLimit(requests.base));
    this.#sessionHash = sessionHash;
    this.#quiet = new QuietJobs(requests, {
      lastWord: owner.lastWord,
      receiving: () => owner.receiving(),
      gone: (eventId) => {
        this.#lose(eventId, lost("the app has ended the call without telling how"));
        owner.changed();
      },
    });
  }

  /** How many jobs are under way, joins included. */
  get size(): number {
    return this.#jobs.size + this.#joining;
  }

  /** How many joins have been answered so far. */
  get joined(): number {
    return this.#joined;
  }

  /** How many streams have broken so far, as far as that may mute a job. */
  get breaks(): number {
    return this.#breaks;
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

  /** @returns what {@link dropped} does, where the server has dropped the job before its join was answered. */
  endJoin(): Promise<void> | undefined {
    this.#joining -= 1;
    if (this.#joining === 0) this.#early.clear();
    else this.#match();
    if (this.#bereft.length === 0) return undefined;
    return this.#drop(this.#bereft.splice(0));
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

  /** @param breaks how many there had been when its join was sent. */
  register(
    eventId: string,
    listener: JobListener,
    { fnIndex, mayAsk }: JoinedJob,
    breaks: number,
  ): void {
    this.#joined += 1;
    const early = this.#early.take(eventId);
    const job: PendingJob = {
      listener,
      joinedAs: this.#joined,
      fnIndex,
      mayAsk,
      heard: false,
      started: false,
      suspect: breaks !== this.#breaks,
      lastSign: Date.now(),
      asking: false,
    };
    this.#jobs.add(eventId, job);
    if (early !== undefined) {
      for (const message of early.messages) this.deliver(eventId, message);
      if (early.dropped !== undefined) this.#bereft.push([eventId, job, early.dropped]);
    }
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
    this.#breaks += 1;
    for (const [eventId] of this.#jobs.underWay()) this.#lose(eventId, error);
  }

  /**
   * The server has dropped every job of a stream: running ones are unheard, waiting ones gone.
   *
   * @returns a promise that resolves when the server has been told to stop those that run.
   */
  dropped(cause: Error): Promise<void> {
    this.#unanswered.fail(cause);
    this.#early.drop(cause);
    this.#breaks += 1;
    return this.#drop(this.#jobs.underWay().map(([eventId, job]) => [eventId, job, cause]));
  }

  async #drop(jobs: readonly BereftJob[]): Promise<void> {
    const work: Promise<void>[] = [];
    for (const [eventId, job, cause] of jobs) {
      if (job.listener === undefined) continue;
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

  /**
   * A stream is gone, and the server did not say that of its jobs: those from before it, and those that
   * it has spoken of, may never be heard of again. With one that broke that goes for every join under
   * way too: its job may have been taken before the server noticed.
   */
  suspect(openedAfter: number, broke: boolean): void {
    if (broke || this.foretold) this.#breaks += 1;
    for (const [, job] of this.#jobs.underWay()) {
      job.suspect ||= job.heard || job.joinedAs <= openedAfter;
    }
  }

  /** Asks the server after jobs that may be gone without anybody telling. */
  askAfterQuietOnes(): void {
    this.#quiet.ask(this.#jobs.underWay());
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
