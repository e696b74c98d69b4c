import type { HttpError } from "../errors.js";
import type { JobOwner } from "../io/join.js";
import type { JobListener } from "../io/pending-job.js";
import { isClosedRoute } from "./closed-route.js";
import type { Call, Session, Ticket } from "./dialect.js";

/** What the sessions of one app know of its queue. */
export interface QueueAccess {
  /** Whether calls go another way, because the queue's routes are closed. */
  closed: boolean;
  /** Tells the caller, once. */
  readonly tell: (message: string) => void;
  /** Loads that other way. */
  readonly openOther: (hash: string) => Promise<Session>;
}

/** A session over the queue; where its routes are closed to us, over others. */
export class FallbackSession implements Session {
  readonly hash: string;
  readonly #queue: Session;
  readonly #access: QueueAccess;
  #other: Promise<Session> | undefined;
  #opened: Session | undefined;

  constructor(queue: Session, access: QueueAccess) {
    this.hash = queue.hash;
    this.#queue = queue;
    this.#access = access;
  }

  get size(): number {
    return this.#queue.size + (this.#opened?.size ?? 0);
  }

  async submit(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket> {
    if (this.#access.closed && isNamed(call)) return await this.#submitOther(call, listener, owner);
    try {
      return await this.#queue.submit(call, listener, owner);
    } catch (error) {
      if (!isClosedRoute(error) || !isNamed(call)) throw error;
      try {
        const ticket = await this.#submitOther(call, listener, owner);
        this.#noteClosed(error);
        return ticket;
      } catch (other) {
        // Closed as well: then the queue's own refusal tells more.
        throw isClosedRoute(other) ? error : other;
      }
    }
  }

  async retire(): Promise<void> {
    await Promise.all([this.#queue.retire(), this.#opened?.retire()]);
  }

  close(): void {
    this.#queue.close();
    this.#opened?.close();
  }

  #noteClosed({ status }: HttpError): void {
    if (this.#access.closed) return;
    this.#access.closed = true;
    this.#access.tell(
      `The app's queue is closed to us (HTTP ${status}): calls go over its simple routes, without places in the queue, without progress, and with fresh State each.`,
    );
  }

  async #submitOther(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket> {
    this.#other ??= this.#access.openOther(this.hash);
    this.#opened = await this.#other;
    return await this.#opened.submit(call, listener, owner);
  }
}

/** The other routes know functions by their names, and names with a slash not at all. */
function isNamed(call: Call): boolean {
  const { apiName } = call.endpoint.dependency;
  return apiName !== undefined && !apiName.includes("/");
}
