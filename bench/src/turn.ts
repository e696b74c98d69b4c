import type { Verdict } from "./expected.js";

/** What a contestant is told: one line of JSON for each round. */
export interface Order {
  readonly count: number;
  /** Whether garbage is collected before it. */
  readonly clears: boolean;
  /** Whether what is held after it is told, once garbage was collected. */
  readonly weighs: boolean;
}

/** What one round cost, as the contestant's own process sees it. */
export interface Round extends Verdict {
  readonly count: number;
  /** Seconds of processor time, user and system, of all threads. */
  readonly cpu: number;
  /** Seconds. */
  readonly wall: number;
  /** The most memory the process has held before the round, and until its end: megabytes. */
  readonly peakBefore: number;
  readonly peak: number;
  /** What is held after the round, where that was asked for. */
  readonly after?: Holdings;
  /** Why a round failed altogether. */
  readonly failure?: string;
}

/** What a process holds. */
export interface Holdings {
  /** Resident memory, in megabytes. */
  readonly memory: number;
  /** Memory of the language's own heap, where it tells: megabytes. */
  readonly heap?: number;
  /** Sockets, timers and the like; of Python open files and threads. */
  readonly handles: number;
}
