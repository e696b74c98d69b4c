const encodeJson = JSON.stringify;
import type { JobMessageBody } from "../core/messages.js";
import type { Requests } from "../io/requests.js";
import { EventSession, type JobListener } from "../io/session.js";
import type { Call, Dialect, Session, Ticket } from "./dialect.js";

/** How long the server's own word about a cancelled job is waited for, in milliseconds. */
const farewellLimit = 2000;
/** A function index that no app has: a cancel with it touches the named job only. */
const noFunction = -1;

export interface QueueStreamOptions {
  readonly diffs: boolean;
  /** Whether a cancel takes a waiting job out of the queue (6.14 and later). */
  readonly cancelsWaiting: boolean;
}

/**
 * The queue of Gradio 4.16 and later (`sse_v1` to `sse_v3`): a job is joined with a POST, and one
 * event stream per session carries the messages of all its jobs.
 */
export function queueStream(requests: Requests, options: QueueStreamOptions): Dialect {
  return {
    diffs: options.diffs,
    openSession: (hash) => new QueueStreamSession(requests, hash, options),
  };
}

class QueueStreamSession implements Session {
  readonly hash: string;
  readonly #requests: Requests;
  readonly #options: QueueStreamOptions;
  readonly #events: EventSession;
  /** How many jobs of a function are under way, joins included. */
  readonly #running = new Map<number, number>();
  /** Cancels that end every job of a function: a new one has to wait until they are answered. */
  readonly #sweeps = new Map<number, Promise<unknown>>();

  constructor(requests: Requests, hash: string, options: QueueStreamOptions) {
    this.#requests = requests;
    this.hash = hash;
    this.#options = options;
    this.#events = new EventSession(requests, hash);
  }

  get size(): number {
    return this.#events.size;
  }

  async submit(call: Call, listener: JobListener): Promise<Ticket> {
    const { fnIndex } = call.endpoint.dependency;
    await this.#sweeps.get(fnIndex);
    const job = new FollowedJob(listener, () => this.#count(fnIndex, -1));
    this.#count(fnIndex, 1);
    try {
      const eventId = await this.#events.join(bodyOf(call, this.hash), call.headers, job);
      return { cancel: () => this.#cancel(eventId, fnIndex, job) };
    } catch (error) {
      job.end();
      throw error;
    }
  }

  close(): void {
    this.#events.close();
  }

  async #cancel(eventId: string, fnIndex: number, job: FollowedJob): Promise<void> {
    if (job.ended) return;
    job.mute();
    if (job.waits && !this.#options.cancelsWaiting) {
      if (this.#events.size === 1) {
        this.#events.drop();
        job.end();
      } else {
        // It cannot leave the queue while others use the stream: it is stopped when it starts.
        job.onStart = () => {
          this.#stop(eventId, fnIndex, job).catch(() => this.#events.forget(eventId));
        };
      }
      return;
    }
    try {
      await this.#stop(eventId, fnIndex, job);
    } finally {
      job.leaveAfter(farewellLimit, () => this.#events.forget(eventId));
    }
  }

  /** The server's cancel ends all jobs of the function it is given: see `noFunction`. */
  async #stop(eventId: string, fnIndex: number, job: FollowedJob): Promise<void> {
    const alone = (this.#running.get(fnIndex) ?? 0) <= 1;
    const request = this.#requests.postJson(
      this.#requests.api("/cancel"),
      JSON.stringify({
        session_hash: this.hash,
        fn_index: alone ? fnIndex : noFunction,
        event_id: eventId,
      }),
    );
    if (!alone) {
      await request;
      return;
    }
    const sweep = request.catch(() => undefined);
    this.#sweeps.set(fnIndex, sweep);
    try {
      await request;
    } finally {
      if (this.#sweeps.get(fnIndex) === sweep) this.#sweeps.delete(fnIndex);
      job.release();
    }
  }

  #count(fnIndex: number, change: number): void {
    this.#running.set(fnIndex, (this.#running.get(fnIndex) ?? 0) + change);
  }
}

/** Follows a job for its own bookkeeping, and tells the listener until it is muted. */
class FollowedJob implements JobListener {
  /** Whether it is still in the queue. */
  waits = true;
  ended = false;
  onStart: (() => void) | undefined;
  #listener: JobListener | undefined;
  #release: (() => void) | undefined;
  #farewell: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: JobListener, release: () => void) {
    this.#listener = listener;
    this.#release = release;
  }

  message(message: JobMessageBody): void {
    const { type } = message;
    if (type === "started" || type === "generating") {
      this.waits = false;
      this.onStart?.();
      this.onStart = undefined;
    }
    if (type === "completed" || type === "failed" || type === "stopped") this.end();
    this.#listener?.message(message);
  }

  lost(error: Error): void {
    this.end();
    this.#listener?.lost(error);
  }

  mute(): void {
    this.#listener = undefined;
  }

  /** It no longer counts among the jobs of its function. */
  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** The server's last word about it is waited for, but not longer than this. */
  leaveAfter(milliseconds: number, leave: () => void): void {
    if (!this.ended) this.#farewell = setTimeout(leave, milliseconds);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.#farewell);
    this.release();
  }
}

function bodyOf(call: Call, sessionHash: string): string {
  return encodeJson({
    data: call.data,
    fn_index: call.endpoint.dependency.fnIndex,
    session_hash: sessionHash,
    event_data: call.eventData ?? null,
    trigger_id: call.triggerId ?? null,
    ...(call.oauthToken !== undefined && { oauth_token: call.oauthToken }),
  });
}
