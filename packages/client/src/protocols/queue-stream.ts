import { takeOut } from "../core/take-out.js";
import { encodeJson } from "../core/values.js";
import type { Requests } from "../io/requests.js";
import type { JobOwner } from "../io/join.js";
import { EventSession } from "../io/session.js";
import type { JobListener } from "../io/pending-job.js";
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
  /** In no order. */
  readonly #jobs: FollowedJob[] = [];
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
        const { place } = job;
        const moved = takeOut(this.#jobs, place);
        if (moved !== undefined) moved.place = place;
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

  submit(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket> {
    const clear = this.#stopper.clear(call.endpoint.dependency.fnIndex);
    return clear === undefined
      ? this.#join(call, listener, owner)
      : clear.then(() => this.#join(call, listener, owner));
  }

  retire(): Promise<void> {
    return this.#events.retire();
  }

  close(): void {
    this.#events.close();
  }

  /** Not an async function: each of those takes a call half a kilobyte while it waits. */
  #join(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket> {
    const { fnIndex, connection } = call.endpoint.dependency;
    const body = bodyOf(call, this.hash);
    const job = new FollowedJob(fnIndex, listener, this.#observer);
    job.place = this.#jobs.push(job) - 1;
    const { headers, retry } = call;
    const mayAsk = connection !== "stream";
    return this.#events.join(body, job, { headers, retry, owner, fnIndex, mayAsk }).then(
      (eventId) => {
        job.eventId = eventId;
        return job;
      },
      (error: unknown) => {
        job.end();
        throw error;
      },
    );
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
