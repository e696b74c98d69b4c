/**
 * How many jobs that were left before their last word are remembered at least, so that what still comes
 * is not taken for a new job's.
 */
const memory = 1000;
/** How many jobs that have ended may lie among those that have not, where these are few. */
const mostEnded = 32;

/** The jobs of a session by event id: those under way, and some of those that are over. */
export class KnownJobs<Job extends object> {
  /**
   * Those that have ended stay for a while, as nothing: a `Map` that entries are taken out of is made
   * anew all the time, and V8 keeps the old ones until it collects everything.
   */
  #jobs = new Map<string, Job | undefined>();
  #size = 0;
  /** Those that were left before their last word. */
  #left = new Set<string>();

  /** How many are under way. */
  get size(): number {
    return this.#size;
  }

  /** The job of that id, while it is under way. */
  get(eventId: string): Job | undefined {
    return this.#jobs.get(eventId);
  }

  add(eventId: string, job: Job): void {
    if (this.get(eventId) === undefined) this.#size += 1;
    this.#jobs.set(eventId, job);
  }

  /** It has had its last word. */
  end(eventId: string): void {
    if (this.get(eventId) === undefined) return;
    this.#size -= 1;
    this.#jobs.set(eventId, undefined);
    if (this.#jobs.size > mostEnded + 2 * this.#size) this.#jobs = new Map(this.underWay());
  }

  /** It may be spoken of for a while, and nobody listens. */
  leave(eventId: string): void {
    this.end(eventId);
    this.#left.add(eventId);
    // Not one by one: taking the oldest out of a `Set` takes longer the older it is.
    if (this.#left.size > 2 * memory) this.#left = new Set([...this.#left].slice(memory));
  }

  /** Whether a job that is not under way has been, as far as is remembered. */
  isPast(eventId: string): boolean {
    return this.#jobs.has(eventId) || this.#left.has(eventId);
  }

  /** As they are right now: they may end while somebody goes through them. */
  underWay(): readonly (readonly [string, Job])[] {
    if (this.#size === 0) return [];
    return [...this.#jobs].filter((entry): entry is [string, Job] => entry[1] !== undefined);
  }
}
