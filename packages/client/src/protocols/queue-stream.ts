import { encodeJson } from "../core/values.js";
import { within } from "../io/deadline.js";
import type { Requests } from "../io/requests.js";
import { EventSession, type JobListener } from "../io/session.js";
import type { Call, Dialect, Session, Ticket } from "./dialect.js";
import { FollowedJob } from "./followed-job.js";

/** How long the server's own word about a cancelled job is waited for, in milliseconds. */
const farewellLimit = 2000;
/** How long a new call of a function waits until a cancel for it has reached the server. */
const sweepLimit = 1000;
/** A function index that no app has: a cancel with it takes only a waiting job out of the queue. */
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

/**
 * Cancelling is the delicate part: the server's cancel ends every running job of a function in the
 * session, whichever job was meant, and a cancel that names no function makes generators start anew.
 * So an abandoned job is stopped as soon as nobody wants another job of the same function; until
 * then it goes on unheard.
 */
class QueueStreamSession implements Session {
  readonly hash: string;
  readonly #requests: Requests;
  readonly #options: QueueStreamOptions;
  readonly #events: EventSession;
  readonly #jobs = new Set<FollowedJob>();
  /** Cancels under way, by function: a new job of it must not be hit by them. */
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
    const sweep = this.#sweeps.get(fnIndex);
    if (sweep !== undefined) await within(sweepLimit, sweep);
    const job = new FollowedJob(fnIndex, listener, {
      started: () => this.#sweepLater(fnIndex),
      ended: (ended) => {
        this.#jobs.delete(ended);
        this.#sweepLater(fnIndex);
      },
    });
    this.#jobs.add(job);
    try {
      const body = bodyOf(call, this.hash);
      job.eventId = await this.#events.join(body, call.headers, job);
    } catch (error) {
      job.end();
      throw error;
    }
    return { cancel: () => this.#cancel(job) };
  }

  close(): void {
    this.#events.close();
  }

  async #cancel(job: FollowedJob): Promise<void> {
    job.abandon();
    await this.#sweep(job.fnIndex);
    // Its siblings go on, but it need not wait with them.
    if (!job.ended && job.waits && this.#options.cancelsWaiting && this.#isWanted(job.fnIndex)) {
      await this.#stop(job, noFunction);
    }
  }

  /** Stops the abandoned jobs of a function, unless that would stop others as well. */
  async #sweep(fnIndex: number): Promise<void> {
    if (this.#isWanted(fnIndex)) return;
    const { cancelsWaiting } = this.#options;
    const abandoned = [...this.#jobs].filter((job) => job.fnIndex === fnIndex);
    if (!cancelsWaiting && abandoned.some(({ waits }) => waits) && this.#isUnwanted()) {
      this.#events.drop();
      for (const job of this.#jobs) job.end();
      return;
    }
    // A waiting job that cannot leave the queue is stopped when it starts.
    const stoppable = abandoned.filter(({ waits }) => cancelsWaiting || !waits);
    if (stoppable.length === 0) return;
    const stops = Promise.all(stoppable.map((job) => this.#stop(job, fnIndex)));
    const sweep = stops.catch(() => undefined);
    this.#sweeps.set(fnIndex, sweep);
    try {
      await stops;
    } finally {
      if (this.#sweeps.get(fnIndex) === sweep) this.#sweeps.delete(fnIndex);
    }
  }

  #sweepLater(fnIndex: number): void {
    this.#sweep(fnIndex).catch(() => {
      // Nobody waits for it: whoever cancelled has been answered, and the server ends it by itself.
    });
  }

  async #stop(job: FollowedJob, fnIndex: number): Promise<void> {
    const { eventId } = job;
    if (eventId === undefined || job.stoppedAs === fnIndex) return;
    job.stoppedAs = fnIndex;
    const url = this.#requests.api("/cancel");
    const body = { session_hash: this.hash, fn_index: fnIndex, event_id: eventId };
    try {
      await this.#requests.postJson(url, JSON.stringify(body));
    } finally {
      job.leaveAfter(farewellLimit, () => {
        this.#events.forget(eventId);
        job.end();
      });
    }
  }

  #isWanted(fnIndex: number): boolean {
    return [...this.#jobs].some((job) => job.wanted && job.fnIndex === fnIndex);
  }

  #isUnwanted(): boolean {
    return [...this.#jobs].every((job) => !job.wanted);
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
