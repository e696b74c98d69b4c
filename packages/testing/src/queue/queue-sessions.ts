import { Mailbox } from "./mailbox.js";
import type { QueueEvent } from "./queue-event.js";
import type { QueueMessage } from "./messages.js";

const maxSessions = 2000;

/**
 * The mailboxes of all sessions and the ids that each session still waits for. A session exists
 * here from its first join until its stream is dropped, or 2000 newer ones pushed it out.
 */
export class QueueSessions {
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #pending = new Map<string, Set<string>>();

  /** Makes room for an event before it can send anything. */
  register(event: QueueEvent): void {
    const { sessionHash } = event;
    const mailbox = this.#mailboxes.get(sessionHash) ?? new Mailbox();
    this.#mailboxes.delete(sessionHash);
    this.#mailboxes.set(sessionHash, mailbox);
    for (const oldest of this.#mailboxes.keys()) {
      if (this.#mailboxes.size <= maxSessions) break;
      this.#mailboxes.delete(oldest);
    }
    const pending = this.#pending.get(sessionHash) ?? new Set();
    pending.add(event.id);
    this.#pending.set(sessionHash, pending);
  }

  mailbox(sessionHash: string): Mailbox | undefined {
    return this.#mailboxes.get(sessionHash);
  }

  /** Sends a message of an event that is still alive. */
  send(event: QueueEvent, message: QueueMessage): void {
    if (event.alive) this.#mailboxes.get(event.sessionHash)?.put(message);
  }

  isPending(sessionHash: string, eventId: string): boolean {
    return this.#pending.get(sessionHash)?.has(eventId) ?? false;
  }

  pending(sessionHash: string): readonly string[] {
    return [...(this.#pending.get(sessionHash) ?? [])];
  }

  /** Called when a completion was delivered; true when nothing else is pending. */
  settle(sessionHash: string, eventId: string): boolean {
    const pending = this.#pending.get(sessionHash);
    pending?.delete(eventId);
    const isLast = (pending?.size ?? 0) === 0;
    if (isLast) this.#pending.delete(sessionHash);
    return isLast;
  }

  /** The session that waits for an event, if one does. */
  sessionOf(eventId: string): string | undefined {
    for (const [sessionHash, pending] of this.#pending) {
      if (pending.has(eventId)) return sessionHash;
    }
    return undefined;
  }

  /** Throws away everything undelivered. */
  dropMailbox(sessionHash: string): void {
    this.#mailboxes.delete(sessionHash);
  }

  /**
   * Forgets waiting events of a dropped session. Ids of running ones stay, so that a session that
   * goes on after a drop never gets a `close_stream`: so it is at Gradio.
   */
  forget(sessionHash: string, eventIds: readonly string[]): void {
    const pending = this.#pending.get(sessionHash);
    if (!pending) return;
    for (const eventId of eventIds) pending.delete(eventId);
    if (pending.size === 0) this.#pending.delete(sessionHash);
  }
}
