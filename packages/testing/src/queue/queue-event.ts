import { randomUUID } from "node:crypto";
import type { AppFunction } from "../app-function.js";
import type { Caller } from "../run/caller.js";
import type { ProgressUnit } from "./messages.js";

/** One queued call. */
export class QueueEvent {
  readonly id: string = randomUUID().replaceAll("-", "");
  readonly fn: AppFunction;
  readonly caller: Caller;
  readonly sessionHash: string;
  /** False once the session's stream was dropped: nothing more is sent for this event. */
  alive = true;
  /** The progress that has not been sent yet. */
  progress: ProgressUnit[] | undefined;
  progressTimer: NodeJS.Timeout | undefined;
  progressSentAt = 0;

  constructor(fn: AppFunction, caller: Caller) {
    this.fn = fn;
    this.sessionHash = caller.sessionHash ?? this.id;
    this.caller = { ...caller, sessionHash: this.sessionHash };
  }

  /** Forgets progress that was not sent: the event is over. */
  dropProgress(): void {
    clearTimeout(this.progressTimer);
    this.progress = undefined;
  }
}
