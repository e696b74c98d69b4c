/**
 * Where a job is on its way, in the words of Python's client.
 *
 * `STARTING` before the app took the call, `IN_QUEUE` while it waits, `PROCESSING` while it runs,
 * `PROGRESS` and `ITERATING` when a progress report or a value came, `LOG` when the app logged,
 * `FINISHED` and `CANCELLED` at the end. `JOINING_QUEUE`, `QUEUE_FULL` and `SENDING_DATA` belong
 * to older servers.
 */
export type Status =
  | "STARTING"
  | "JOINING_QUEUE"
  | "QUEUE_FULL"
  | "IN_QUEUE"
  | "SENDING_DATA"
  | "PROCESSING"
  | "ITERATING"
  | "PROGRESS"
  | "FINISHED"
  | "CANCELLED"
  | "LOG";

/** One bar of the app's own progress (`gr.Progress`). */
export interface ProgressUnit {
  /** Steps done. */
  readonly index: number | undefined;
  /** Steps in all. */
  readonly length: number | undefined;
  /** What a step is, such as `"steps"`. */
  readonly unit: string | undefined;
  /** The share done, 0 to 1, where the app reports a share instead of steps. */
  readonly progress: number | undefined;
  /** What the app calls the work. */
  readonly desc: string | undefined;
}

/** What the app said with `gr.Info`, `gr.Warning` or `gr.Success`. */
export interface LogMessage {
  /** How urgent it is. */
  readonly level: "info" | "warning" | "success" | "error";
  /** Its headline, such as `"Info"`. */
  readonly title: string | undefined;
  /** What the app says. */
  readonly message: string;
  /** Seconds for which the app would show it; `undefined`: until it is closed. */
  readonly duration: number | undefined;
  /** Whether the app would show it to its user. */
  readonly visible: boolean;
}

/** The latest that is known of a job. */
export interface StatusUpdate {
  /** Where the job is on its way. */
  readonly code: Status;
  /** Place in the queue, 0 for the next one; `undefined` when it does not wait. */
  readonly rank: number | undefined;
  /** How many calls wait in the same queue. */
  readonly queueSize: number | undefined;
  /** Seconds until it is done, as the app estimates. */
  readonly eta: number | undefined;
  /** Whether it succeeded; `undefined` before its end. */
  readonly success: boolean | undefined;
  /** When this became known. */
  readonly time: Date;
  /** The bars of the app's own progress; `undefined` when it reported none. */
  readonly progressData: readonly ProgressUnit[] | undefined;
  /** What the app said last, while `code` is `"LOG"`. */
  readonly log: LogMessage | undefined;
}

/**
 * One fact of a job's life, by its `type`:
 *
 * - `"queued"`: it waits; `rank` (0 for the next one), `queueSize` and `eta` (seconds) where known
 * - `"started"`: the app runs it
 * - `"progress"`: `units`, the bars of the app's own progress
 * - `"log"`: what the app said, see {@link LogMessage}
 * - `"output"`: a `value`, and its `index`, from 0
 */
export type JobUpdate<T = unknown> =
  | {
      readonly type: "queued";
      readonly rank: number | undefined;
      readonly queueSize: number | undefined;
      readonly eta: number | undefined;
    }
  | { readonly type: "started" }
  | { readonly type: "progress"; readonly units: readonly ProgressUnit[] }
  | ({ readonly type: "log" } & LogMessage)
  | { readonly type: "output"; readonly value: T; readonly index: number };
