import type { AppConfig } from "./core/config.js";
import { startHeartbeat } from "./io/heartbeat.js";
import type { Requests } from "./io/requests.js";
import type { Dialect, Session } from "./protocols/dialect.js";

/** The app that sessions are opened with. */
interface SessionApp {
  readonly dialect: Dialect;
  readonly requests: Requests;
  readonly config: AppConfig;
}

/** A session in use by calls. */
export interface Lease {
  readonly session: Session;
}

interface Place extends Lease {
  users: number;
  /** Whether it has been replaced: it ends with its last call. */
  retired: boolean;
  stopHeartbeat: (() => void) | undefined;
}

/**
 * The sessions of a client: the shared one, sessions of single calls, and replaced ones whose calls
 * still run. A session's heartbeat beats from its first call to its end.
 */
export class SessionPool {
  #app: SessionApp;
  readonly #places = new Set<Place>();
  #shared: Place;

  constructor(app: SessionApp, hash: string) {
    this.#app = app;
    this.#shared = this.#open(hash);
  }

  /** The hash of the shared session. */
  get hash(): string {
    return this.#shared.session.hash;
  }

  /** A session for a call, which says by {@link release} that it is over. */
  lease(kind: "shared" | "own"): Lease {
    const place = kind === "shared" ? this.#shared : this.#open(newSessionHash());
    if (kind === "own") place.retired = true;
    place.users += 1;
    const { config, requests } = this.#app;
    if (config.connectHeartbeat) {
      place.stopHeartbeat ??= startHeartbeat(requests, place.session.hash);
    }
    return place;
  }

  release(lease: Lease): void {
    const place = lease as Place;
    place.users -= 1;
    this.#endIfUnused(place);
  }

  /** Replaces the shared session; calls in flight finish in the old one. */
  reset(hash: string = newSessionHash()): void {
    const old = this.#shared;
    this.#shared = this.#open(hash);
    old.retired = true;
    this.#endIfUnused(old);
  }

  /**
   * The same, for an app that has taken the place of the old one and knows none of its sessions. The
   * hash is kept, unless calls still listen under it: a session has one listener.
   */
  moveTo(app: SessionApp): void {
    this.#app = app;
    const { users, session } = this.#shared;
    this.reset(users === 0 ? session.hash : undefined);
  }

  close(): void {
    for (const place of this.#places) {
      place.stopHeartbeat?.();
      place.session.close();
    }
    this.#places.clear();
  }

  #open(hash: string): Place {
    const session = this.#app.dialect.openSession(hash);
    const place: Place = { session, users: 0, retired: false, stopHeartbeat: undefined };
    this.#places.add(place);
    return place;
  }

  /** Its stream is left to the server, which ends it at once: then the connection can be reused. */
  #endIfUnused(place: Place): void {
    if (!place.retired || place.users > 0) return;
    place.stopHeartbeat?.();
    void place.session.retire().then(() => this.#places.delete(place));
  }
}

/**
 * The hash is the only secret of a session: whoever knows it shares its State. Pages without https
 * have no `crypto.randomUUID`, which is the faster way: runtimes keep randomness ready for it.
 */
export function newSessionHash(): string {
  const { crypto } = globalThis;
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID().replaceAll("-", "");
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
