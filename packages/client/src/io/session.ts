import type { JobMessageBody } from "../core/messages.js";
import { ProtocolError } from "../errors.js";
import { errorFromFailure } from "./failure.js";
import { closedError, type Requests } from "./requests.js";
import { lost, readSessionStream, SessionNotFound } from "./session-stream.js";

/** How long a stream without jobs may stay open before it is closed from here, in milliseconds. */
const idleLimit = 2000;
/** How long a join waits after a stream was dropped: in that moment the server can lose it. */
const dropPause = 25;
/** By this apps tell programs from people; what they do with it is theirs. */
const caller = { "x-gradio-user": "api" };
/** How often a stream may end without a word about a job that it should speak of. */
const mostEmptyStreams = 3;

/** The one who follows a job. Exactly one of `lost` and the message that ends the job comes last. */
export interface JobListener {
  message(message: JobMessageBody): void;
  lost(error: Error): void;
}

interface Reader {
  readonly controller: AbortController;
  /** Which joins had been answered when it was opened. */
  readonly openedAfter: number;
  /** Whether it has said anything about a job. */
  spoke: boolean;
}

interface PendingJob {
  readonly listener: JobListener;
  readonly joinedAs: number;
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
  readonly #pending = new Map<string, PendingJob>();
  /** Messages of jobs whose join has not been answered yet: they may overtake the answer. */
  readonly #early = new Map<string, JobMessageBody[]>();
  #reader: Reader | undefined;
  #joining = 0;
  #joined = 0;
  /** Whether the server knows the session, so that its stream may be opened before a join. */
  #known = false;
  #emptyStreams = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  /** Over when a join after a dropped stream is safe again. */
  #dropped: Promise<void> | undefined;
  #closed = false;

  constructor(requests: Requests, hash: string) {
    this.#requests = requests;
    this.hash = hash;
  }

  /** How many jobs are under way. */
  get size(): number {
    return this.#pending.size + this.#joining;
  }

  /**
   * Joins the queue with a request body and hands every message of the job to the listener.
   *
   * @returns the job's event id.
   */
  async join(
    body: string,
    headers: Readonly<Record<string, string>>,
    listener: JobListener,
  ): Promise<string> {
    if (this.#closed) throw closedError();
    this.#joining += 1;
    clearTimeout(this.#idleTimer);
    try {
      await this.#dropped;
      // A session with an earlier call may be listened to at once: it saves a round trip.
      if (this.#known) this.#listen();
      const url = this.#requests.api("/queue/join");
      const eventId = eventIdOf(
        await this.#requests.postJson(url, body, { headers, defaults: caller }),
      );
      this.#joined += 1;
      this.#known = true;
      this.#register(eventId, { listener, joinedAs: this.#joined });
      return eventId;
    } finally {
      this.#joining -= 1;
      if (this.#joining === 0) this.#early.clear();
      this.#settle();
    }
  }

  /** Stops listening to a job: what still comes for it goes nowhere. */
  forget(eventId: string): void {
    this.#pending.delete(eventId);
    this.#settle();
  }

  /**
   * Drops the stream, and with it every job that waits in the queue: servers before 6.14 take a
   * waiting job out of the queue in no other way. Not for sessions with other jobs under way.
   */
  drop(): void {
    this.#pending.clear();
    this.#known = false;
    this.#dropped = new Promise((resolve) => setTimeout(resolve, dropPause));
    this.#reader?.controller.abort();
  }

  /** Ends the stream; jobs that are still under way are lost. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    this.#reader?.controller.abort();
    this.#failAll(closedError());
  }

  #register(eventId: string, job: PendingJob): void {
    this.#pending.set(eventId, job);
    const early = this.#early.get(eventId) ?? [];
    this.#early.delete(eventId);
    for (const message of early) this.#deliver(eventId, message);
  }

  #deliver(eventId: string, message: JobMessageBody): void {
    const job = this.#pending.get(eventId);
    if (job === undefined) {
      if (this.#joining === 0) return;
      const early = this.#early.get(eventId) ?? [];
      early.push(message);
      this.#early.set(eventId, early);
      return;
    }
    if (message.type === "completed" || message.type === "failed" || message.type === "stopped") {
      this.#pending.delete(eventId);
    }
    job.listener.message(message);
  }

  /** Opens a reader where one is needed, and lets go of one that nothing needs. */
  #settle(): void {
    if (this.#closed) return;
    if (this.#pending.size > 0) {
      this.#listen();
    } else if (this.#joining === 0 && this.#reader !== undefined) {
      clearTimeout(this.#idleTimer);
      // The server ends an idle stream by itself; one that does not must not hold the process.
      this.#idleTimer = setTimeout(() => this.drop(), idleLimit);
    }
  }

  #listen(): void {
    clearTimeout(this.#idleTimer);
    if (this.#reader !== undefined || this.#closed) return;
    const reader: Reader = {
      controller: new AbortController(),
      openedAfter: this.#joined,
      spoke: false,
    };
    this.#reader = reader;
    void this.#run(reader);
  }

  async #run(reader: Reader): Promise<void> {
    let failure: Error | undefined;
    try {
      failure = await this.#read(reader);
    } catch (error) {
      failure = errorFromFailure(error, this.#requests.base, true);
    }
    clearTimeout(this.#idleTimer);
    this.#reader = undefined;
    if (failure !== undefined && !reader.controller.signal.aborted) {
      this.#known = false;
      this.#failAll(failure, reader);
    } else if (this.#pending.size > 0 && !reader.spoke) {
      this.#emptyStreams += 1;
      if (this.#emptyStreams > mostEmptyStreams) this.#failAll(lost("it ends without a word"));
    } else {
      this.#emptyStreams = 0;
    }
    this.#settle();
  }

  async #read(reader: Reader): Promise<Error | undefined> {
    return await readSessionStream(
      this.#requests,
      this.hash,
      reader.controller.signal,
      (eventId, message) => {
        reader.spoke = true;
        this.#deliver(eventId, message);
      },
    );
  }

  /**
   * Fails the jobs that a broken stream was for. A stream that was opened before a job's join was
   * answered, and was told "session not found" without a word about any job, only came too early:
   * the job is there, and the next stream brings it.
   */
  #failAll(error: Error, reader?: Reader): void {
    const tooEarly = error instanceof SessionNotFound && reader?.spoke === false;
    for (const [eventId, job] of this.#pending) {
      if (tooEarly && job.joinedAs > reader.openedAfter) continue;
      this.#pending.delete(eventId);
      job.listener.lost(error instanceof SessionNotFound ? lost("the app forgot it") : error);
    }
  }
}

function eventIdOf(answer: unknown): string {
  if (typeof answer === "object" && answer !== null && "event_id" in answer) {
    if (typeof answer.event_id === "string") return answer.event_id;
  }
  throw new ProtocolError("UNEXPECTED_MESSAGE", "The app took the call without giving it an id.");
}
