import type { PlacedComponent } from "../app-function.js";

/** The State values of one session. */
export class SessionState {
  readonly #values = new Map<number, unknown>();
  /** True once the session's heartbeat ended: the values are about to be freed. */
  closed = false;

  /** The session's value of a State component; the first look makes a copy of the initial one. */
  get({ id, component }: PlacedComponent): unknown {
    if (!this.#values.has(id)) this.#values.set(id, structuredClone(component.value));
    return this.#values.get(id);
  }

  set({ id }: PlacedComponent, value: unknown): void {
    this.#values.set(id, value);
  }

  /** The values by component id. */
  values(): ReadonlyMap<number, unknown> {
    return new Map(this.#values);
  }
}

/** Of so many sessions the state is kept: those that were used last. Gradio's own number. */
const capacity = 10_000;

/**
 * State of all sessions. A closed session keeps its values for a while, an hour at Gradio; a write
 * in that time starts it anew, opening its heartbeat again does not bring it back.
 */
export class StateStore {
  readonly #sessions = new Map<string, SessionState>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #lifetime: number;

  /** @param lifetime - milliseconds from the end of the heartbeat to the end of the values */
  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  /** The state of a session, made when there is none. */
  open(sessionHash: string): SessionState {
    const session = this.#sessions.get(sessionHash) ?? new SessionState();
    // What is set anew stands last: the first one is the one that was not used for longest.
    this.#sessions.delete(sessionHash);
    this.#sessions.set(sessionHash, session);
    if (this.#sessions.size > capacity) {
      const [oldest = sessionHash] = this.#sessions.keys();
      this.#free(oldest);
    }
    return session;
  }

  /** The state of a session if it has any. */
  find(sessionHash: string): SessionState | undefined {
    return this.#sessions.get(sessionHash);
  }

  /** Called when a value was written: a closed session lives on from here. */
  touch(sessionHash: string): void {
    if (this.#sessions.get(sessionHash)?.closed) this.#scheduleEnd(sessionHash);
  }

  /** Marks a session to be freed. */
  close(sessionHash: string): void {
    const session = this.#sessions.get(sessionHash);
    if (!session) return;
    session.closed = true;
    this.#scheduleEnd(sessionHash);
  }

  /** Frees everything. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#sessions.clear();
  }

  #scheduleEnd(sessionHash: string): void {
    clearTimeout(this.#timers.get(sessionHash));
    const timer = setTimeout(() => this.#free(sessionHash), this.#lifetime);
    timer.unref();
    this.#timers.set(sessionHash, timer);
  }

  #free(sessionHash: string): void {
    clearTimeout(this.#timers.get(sessionHash));
    this.#timers.delete(sessionHash);
    this.#sessions.delete(sessionHash);
  }
}
