import { lastingController } from "../core/on-abort.js";
import { HttpError, TooManyRequestsError } from "../errors.js";
import { caller } from "./caller.js";
import { eventIdOf, slowestUpload, type JoinOptions } from "./join.js";
import { JoinHold } from "./join-hold.js";
import type { JobListener } from "./pending-job.js";
import type { Requests } from "./requests.js";
import { isAnswerLost, pauseBefore, pauseFor, wasNotTaken } from "./retry.js";
import { confirmApp } from "./same-app.js";
import { SessionJobs } from "./session-jobs.js";
import { lost, SessionStream, type StreamEnd } from "./session-stream.js";
import { SharedDeadline } from "./shared-deadline.js";
import { closedError } from "./traffic.js";
import { defaultPatience, StreamReopening } from "./stream-reopening.js";

/** How long a stream without jobs may stay open before it is closed from here, in milliseconds. */
const idleLimit = 2000;

/** How long a session waits for its server, in milliseconds. */
export interface SessionLimits {
  /** For the answer to a join, besides the time that its body takes. */
  readonly answer: number;
  /** For a stream that cannot be opened. */
  readonly patience: number;
  /** For the completion of a job that has ended: it may still be on its way. */
  readonly lastWord: number;
}

/** A stream without a byte is taken for dead after 45 seconds: a join may take a little longer. */
const defaultLimits: SessionLimits = {
  answer: 60_000,
  patience: defaultPatience,
  lastWord: 2000,
};

interface Reader {
  readonly controller: AbortController;
  /** Which joins had been answered when it was opened. */
  readonly openedAfter: number;
  /** Whether it has said anything about a job. */
  spoke: boolean;
  /** Whether it is ended from here. */
  dropped: boolean;
}

/**
 * One session of an app: one event stream, shared by all its jobs.
 *
 * The server gives a session exactly one reader, drops all its jobs when that reader goes away, and
 * ends the stream as soon as nothing is pending. So a reader is opened when something is pending (or
 * is being joined) and none is there, and is never closed while something is.
 */
export class EventSession {
  readonly hash: string;
  readonly #requests: Requests;
  readonly #answers: SharedDeadline;
  readonly #jobs: SessionJobs;
  readonly #reopening: StreamReopening;
  readonly #stream: SessionStream;
  #reader: Reader | undefined;
  #spare: AbortController | undefined;
  /** Whether the server knows the session, so that its stream may be opened before a join. */
  #known = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #hold = new JoinHold();
  /** Told when nothing of it is left. */
  #retired: (() => void) | undefined;
  #closed = false;

  constructor(requests: Requests, hash: string, limits: Partial<SessionLimits> = {}) {
    const settle = (): void => this.#settle();
    this.#requests = requests;
    this.hash = hash;
    this.#stream = new SessionStream(requests, hash, {
      message: (eventId, message, size) => {
        if (this.#reader !== undefined) this.#reader.spoke = true;
        this.#requests.app.heard();
        this.#jobs.deliver(eventId, message, size);
      },
      heartbeat: () => {
        // The app may keep it for a job that was left here, and that it has muted: it would never end.
        if (this.#jobs.size === 0) this.drop();
        else this.#jobs.askAfterQuietOnes();
      },
    });
    const { answer, patience, lastWord } = { ...defaultLimits, ...limits };
    this.#answers = new SharedDeadline(answer, "Taking the call");
    const receiving = (): boolean => this.#stream.receiving;
    this.#jobs = new SessionJobs(requests, hash, { changed: settle, receiving, lastWord });
    this.#reopening = new StreamReopening(settle, patience);
  }

  /** How many jobs are under way. */
  get size(): number {
    return this.#jobs.size;
  }

  /**
   * Joins the queue with a request body and hands every message of the job to the listener. A join
   * whose answer is lost is looked for on the stream; one that was not taken is sent again.
   *
   * @returns the job's event id.
   */
  async join(body: string, listener: JobListener, options: JoinOptions): Promise<string> {
    this.#jobs.beginJoin();
    clearTimeout(this.#idleTimer);
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          if (this.#requests.app.inDoubt) await confirmApp(this.#requests);
          if (this.#hold.over !== undefined) await this.#hold.over;
          if (this.#closed) throw closedError();
          this.#listenEarly();
          const { breaks } = this.#jobs;
          const eventId = await this.#send(body, options);
          this.#known = true;
          this.#jobs.register(eventId, listener, options, breaks);
          return eventId;
        } catch (error) {
          if (!wasNotTaken(error) || this.#requests.app.restarted) throw error;
          const wish = error instanceof TooManyRequestsError ? error.retryAfter : undefined;
          const pause = pauseBefore(options.retry, attempt, wish);
          if (pause === undefined) throw error;
          await pauseFor(pause, options.owner.signal);
        }
      }
    } finally {
      const dropping = this.#jobs.endJoin();
      if (dropping !== undefined) this.#hold.begin(dropping);
      this.#settle();
    }
  }

  /** Stops listening to a job: what still comes for it goes nowhere. */
  forget(eventId: string): void {
    this.#jobs.forget(eventId);
    this.#settle();
  }

  /**
   * Drops the stream, and with it every job that waits in the queue: servers before 6.14 take a
   * waiting job out of the queue in no other way. Not for sessions with other jobs under way.
   */
  drop(): void {
    this.#jobs.forgetAll();
    this.#known = false;
    this.#hold.begin();
    this.#leave();
  }

  /**
   * Drops the stream likewise, and opens it again: some servers before 4.29 do not notice. What they
   * have kept is heard of there; else they do not know the session any more, and its jobs are lost.
   */
  renew(): void {
    this.#known = false;
    this.#hold.begin();
    this.#leave();
  }

  /** Resolves when its stream has ended: no join comes any more. */
  retire(): Promise<void> {
    return new Promise((resolve) => {
      this.#retired = resolve;
      this.#settle();
    });
  }

  /** Ends the stream; jobs that are still under way are lost. */
  close(): void {
    this.#closed = true;
    this.#hold.close();
    this.#retired?.();
    clearTimeout(this.#idleTimer);
    this.#reopening.stop();
    this.#leave();
    this.#jobs.failAll(closedError());
  }

  /** Sends a join once. One whose answer is lost is looked for on the stream. */
  #send(body: string, { headers }: JoinOptions): Promise<string> {
    const { signal, release } = this.#answers.begin(body.length / slowestUpload);
    const options = { headers, defaults: caller, signal };
    return this.#requests.postJson(this.#requests.api("/queue/join"), body, options).then(
      (answer) => {
        release();
        return eventIdOf(answer);
      },
      (error: unknown) => {
        release();
        if (this.#closed) throw closedError();
        const late = signal.aborted;
        if (!(error instanceof Error) || !(late || isAnswerLost(error))) throw error;
        const found = this.#jobs.search(body, error, !late);
        this.#listen();
        return found;
      },
    );
  }

  /** Opens a reader where one is needed, and lets go of one that nothing needs. */
  #settle(): void {
    if (this.#closed) return;
    if (this.#jobs.needStream) {
      this.#listen();
    } else if (this.#jobs.size === 0 && this.#reader !== undefined) {
      clearTimeout(this.#idleTimer);
      // The server ends an idle stream by itself; one that does not must not hold the process.
      this.#idleTimer = setTimeout(() => this.drop(), idleLimit);
    } else if (this.#jobs.size === 0 && this.#retired !== undefined) {
      this.close();
    }
  }

  /**
   * A session with an earlier call may be listened to while a join is on its way: it saves a round
   * trip. With other joins beside it one of them is answered soon, and a stream that is opened then
   * lasts longer: it ends as soon as the server has nothing pending. Where its job was spoken of on the
   * stream before, which has ended since, all has been said, and nobody would end another one.
   */
  #listenEarly(): void {
    if (this.#known && this.#jobs.size === 1 && !this.#jobs.foretold) this.#listen();
  }

  #listen(): void {
    clearTimeout(this.#idleTimer);
    if (this.#reader !== undefined || this.#closed || this.#reopening.waits) return;
    // One that has ended no stream is good for the next.
    const controller = this.#spare ?? lastingController();
    this.#spare = undefined;
    const openedAfter = this.#jobs.joined;
    const reader: Reader = { controller, openedAfter, spoke: false, dropped: false };
    this.#reader = reader;
    void this.#run(reader);
  }

  #leave(): void {
    if (this.#reader === undefined) return;
    this.#reader.dropped = true;
    this.#reader.controller.abort();
  }

  async #run(reader: Reader): Promise<void> {
    const { controller } = reader;
    const end = await this.#stream.read(controller);
    clearTimeout(this.#idleTimer);
    if (!controller.signal.aborted) this.#spare = controller;
    // A stream that is opened while the server notices the end of the old one ends with it.
    if (reader.dropped) await this.#hold.over;
    else if (end.kind === "unknown session") await this.#jobs.refuteJoins();
    this.#reader = undefined;
    if (!reader.dropped) this.#afterStream(end, reader);
    this.#settle();
  }

  #afterStream(end: StreamEnd, { spoke, openedAfter }: Reader): void {
    const jobs = this.#jobs;
    if (spoke) this.#reopening.succeeded();
    if (end.kind !== "ended") this.#requests.app.doubt();
    if (end.kind !== "ended" && end.kind !== "refused") this.#known = false;
    switch (end.kind) {
      case "ended":
        jobs.suspect(openedAfter, false);
        if (!spoke) this.#reopen(lost("it ends without a word"));
        else this.#listenEarly();
        return;
      case "refused":
        // Where only the answer is missing the app may have opened it, and have noticed its end.
        if (isAnswerLost(end.error)) this.#suspect(openedAfter);
        if (isPassing(end.error)) this.#reopen(end.error);
        else jobs.failAll(end.error);
        return;
      case "broken":
        if (end.heard) {
          this.#hold.begin(jobs.dropped(end.error));
          return;
        }
        // Nothing came: the app may not have noticed this stream, or may have muted the jobs.
        this.#suspect(openedAfter);
        this.#reopen(end.error);
        return;
      case "reported":
        jobs.failAll(end.error);
        return;
      case "unknown session":
        jobs.unknownSession(openedAfter, spoke);
        // What is still looked for may turn up, but need not be asked for all the time.
        if (jobs.searching) this.#reopen(lost("the app no longer knows the session"));
    }
  }

  /** When the server notices that a stream is gone, it mutes what has been joined until then. */
  #suspect(openedAfter: number): void {
    this.#jobs.suspect(openedAfter, true);
    this.#hold.begin();
  }

  /** While no stream could be opened nothing is lost: it is tried again for a while. */
  #reopen(error: Error): void {
    if (!this.#jobs.needStream || this.#reopening.plan()) return;
    this.#jobs.failAll(lost("it cannot be opened", { cause: error }));
  }
}

/** Whether a refusal comes from the way to the app rather than from the app. */
function isPassing(error: Error): boolean {
  if (error instanceof HttpError) return error.status >= 502 && error.status <= 504;
  return error instanceof TooManyRequestsError || isAnswerLost(error) || wasNotTaken(error);
}
