import { encodeJson } from "../core/values.js";
import type { Requests } from "../io/requests.js";
import type { JobOwner } from "../io/join.js";
import { EventSession } from "../io/session.js";
import type { JobListener } from "../io/session-jobs.js";
import type { Call, Session, Ticket } from "./dialect.js";
import { FollowedJob, type JobObserver } from "./followed-job.js";
import type { StoppableSession, Stopper } from "./stopper.js";

/**
 * A session of Gradio 4.9 and later (`sse_v1` to `sse_v3`): a job is joined with a POST, and one event
 * stream per session carries the messages of all its jobs.
 */
export class QueueStreamSession implements Session {
  readonly hash: string;
  readonly #events: EventSession;
  readonly #jobs = new Set<FollowedJob>();
  readonly #stopper: Stopper;
  readonly #observer: JobObserver;
  #sweeping = false;
  /** Whether a job was ever cancelled: before that there is nothing to sweep. */
  #cancels = false;

  constructor(requests: Requests, hash: string, stopperOf: (session: StoppableSession) => Stopper) {
    this.hash = hash;
    this.#events = new EventSession(requests, hash);
    this.#stopper = stopperOf({ requests, events: this.#events, jobs: this.#jobs });
    this.#observer = {
      moved: () => this.#sweepSoon(),
      ended: (job) => {
        this.#jobs.delete(job);
        this.#sweepSoon();
      },
      cancel: async (job) => {
        this.#cancels = true;
        await this.#stopper.cancel(job);
      },
    };
  }

  get size(): number {
    return this.#events.size;
  }

  async submit(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket> {
    const { fnIndex, connection } = call.endpoint.dependency;
    const clear = this.#stopper.clear(fnIndex);
    if (clear !== undefined) await clear;
    const job = new FollowedJob(fnIndex, listener, this.#observer);
    this.#jobs.add(job);
    try {
      const body = bodyOf(call, this.hash);
      job.eventId = await this.#events.join(body, job, {
        headers: call.headers,
        retry: call.retry,
        owner,
        fnIndex,
        mayAsk: connection !== "stream",
      });
    } catch (error) {
      job.end();
      throw error;
    }
    return job;
  }

  retire(): Promise<void> {
    return this.#events.retire();
  }

  close(): void {
    this.#events.close();
  }

  /** Once for all that happens at the same time: dropping a session ends every job of it. */
  #sweepSoon(): void {
    if (this.#sweeping || !this.#cancels) return;
    this.#sweeping = true;
    queueMicrotask(() => {
      this.#sweeping = false;
      this.#stopper.sweep();
    });
  }
}

/** What most calls say besides their data. */
const nothingMore = '{"event_data":null,"trigger_id":null}';

/** Put together from parts: where a part has a `null`, all of it is searched for what JSON lacks. */
function bodyOf(call: Call, sessionHash: string): string {
  const { data, endpoint, eventData = null, triggerId = null, oauthToken } = call;
  const plain = eventData === null && triggerId === null && oauthToken === undefined;
  const more = plain
    ? nothingMore
    : encodeJson({ event_data: eventData, trigger_id: triggerId, oauth_token: oauthToken });
  const { fnIndex } = endpoint.dependency;
  return `{"data":${encodeJson(data)},"fn_index":${fnIndex},"session_hash":${JSON.stringify(sessionHash)},${more.slice(1)}`;
}
