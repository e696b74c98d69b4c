import type { App } from "../app.js";

/** What the server holds for one session at one moment. */
export interface SessionSnapshot {
  /** Values of the session's State components, in the order they were first used. */
  readonly state: readonly unknown[];
  /** True once its heartbeat ended; the State is freed after `stateLifetime`. */
  readonly closed: boolean;
  /** Open heartbeat connections. */
  readonly heartbeats: number;
  /** Open event streams; more than one split the messages. */
  readonly readers: number;
  /** False before the first join and after the stream was dropped. */
  readonly hasMailbox: boolean;
  /** Messages that nobody has read yet. */
  readonly waitingMessages: number;
  /** Events whose completion has not been delivered. */
  readonly pendingEvents: readonly string[];
}

/** Looks at one session. */
export function describeSession(app: App, sessionHash: string): SessionSnapshot {
  const state = app.runtime.state.find(sessionHash);
  const mailbox = app.queue.sessions.mailbox(sessionHash);
  return {
    state: [...(state?.values().values() ?? [])],
    closed: state?.closed ?? false,
    heartbeats: app.heartbeats.get(sessionHash) ?? 0,
    readers: app.readers.get(sessionHash) ?? 0,
    hasMailbox: mailbox !== undefined,
    waitingMessages: mailbox?.size ?? 0,
    pendingEvents: app.queue.sessions.pending(sessionHash),
  };
}
