import type { JobMessageBody } from "../core/messages.js";

/** The one who follows a job. Exactly one of `lost` and the message that ends the job comes last. */
export interface JobListener {
  message(message: JobMessageBody): void;
  lost(error: Error): void;
}

/** What is known of a job from its join. */
export interface JoinedJob {
  readonly fnIndex: number;
  /** Whether the server may be asked after the job: not for inputs that are fed chunk by chunk. */
  readonly mayAsk: boolean;
}

/** A job that has been joined and is not over. */
export interface PendingJob extends JoinedJob {
  /** Nobody once it is over: an old copy of a `Map`, which V8 makes now and then, holds the job on. */
  listener: JobListener | undefined;
  /** How many joins had been answered with this one. */
  readonly joinedAs: number;
  /** Whether anything has been heard of it: a job that is there speaks at once. */
  heard: boolean;
  started: boolean;
  /**
   * Whether a stream broke in a way that may have muted it. Messages from before that are repeated
   * all the same: they prove nothing.
   */
  suspect: boolean;
  lastSign: number;
  /** Whether it is being asked after, or was found to be gone. */
  asking: boolean;
  /** Gives up on the last word about it. */
  farewell?: ReturnType<typeof setTimeout>;
}

/** Nobody follows it any more. */
export function silence(job: PendingJob): void {
  clearTimeout(job.farewell);
  job.listener = undefined;
}
