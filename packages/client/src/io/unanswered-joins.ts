import { lost } from "./session-stream.js";

/** How long a job whose join was not answered is looked for on the stream, in milliseconds. */
const searchLimit = 5000;

interface UnansweredJoin {
  /** Two joins with the same body are the same call: it does not matter which gets which job. */
  readonly body: string;
  /** Whether the app is done with the request: what it does not know by then it has not taken. */
  readonly over: boolean;
  found(eventId: string): void;
  lost(error: Error): void;
}

/**
 * Joins that the server may have taken although their answer is lost. A job of which the stream
 * speaks, and which no answered join explains, must be theirs.
 */
export class UnansweredJoins {
  readonly #joins = new Set<UnansweredJoin>();
  /** What was given up on, though its job may still turn up. Two that differ say all there is to say. */
  readonly #orphans = new Set<string>();

  get size(): number {
    return this.#joins.size;
  }

  /**
   * Waits until the job of a join is found.
   *
   * @throws the given error when it is not found in time.
   */
  async search(body: string, error: Error, over: boolean): Promise<string> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let join: UnansweredJoin | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        join = { body, over, found: resolve, lost: reject };
        this.#joins.add(join);
        timer = setTimeout(() => {
          this.#orphan(body);
          reject(notFound(error));
        }, searchLimit);
      });
    } finally {
      clearTimeout(timer);
      if (join !== undefined) this.#joins.delete(join);
    }
  }

  /** Gives jobs that nobody knows to the joins that wait for one. */
  match(unknown: Iterable<string>): void {
    const bodies = new Set([...this.#joins].map(({ body }) => body).concat([...this.#orphans]));
    for (const eventId of unknown) {
      const [join] = this.#joins;
      if (join === undefined) return;
      if (bodies.size > 1) {
        this.#giveUp();
        return;
      }
      this.#joins.delete(join);
      join.found(eventId);
    }
  }

  /** Those that wait right now, for {@link fail}. */
  all(): readonly UnansweredJoin[] {
    return [...this.#joins];
  }

  /** These will not be found, now or later; without a list all of them. */
  fail(error: Error, joins: readonly UnansweredJoin[] = this.all()): void {
    for (const join of joins) {
      this.#joins.delete(join);
      join.lost(error);
    }
    this.#orphans.clear();
  }

  /** Which job is whose cannot be told: a guess would give a caller somebody else's value. */
  #giveUp(): void {
    const error = notFound(new Error("Several calls wait for the same answer."));
    for (const join of this.#joins) {
      this.#orphan(join.body);
      join.lost(error);
    }
    this.#joins.clear();
  }

  /** A body can be large: no more of them are kept than are needed to tell that they differ. */
  #orphan(body: string): void {
    if (this.#orphans.size < 2) this.#orphans.add(body);
  }
}

function notFound(cause: Error): Error {
  return lost("the app's answer to the call did not arrive", { cause, retryable: true });
}
