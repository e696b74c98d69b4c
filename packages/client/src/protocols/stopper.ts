import type { Requests } from "../io/requests.js";
import type { EventSession } from "../io/session.js";
import type { FollowedJob } from "./followed-job.js";

/** A session, for the one who stops its jobs. */
export interface StoppableSession {
  readonly requests: Requests;
  readonly events: EventSession;
  /** Every job of the session that has not ended on the server, abandoned ones too. */
  readonly jobs: readonly FollowedJob[];
}

/** How the jobs of one session are stopped: never at the cost of one that is still wanted. */
export interface Stopper {
  /**
   * Resolves when no cancel is under way that a new job of this function could fall victim to;
   * `undefined`: there is none.
   */
  clear(fnIndex: number): Promise<unknown> | undefined;
  /** Stops a job that was abandoned, now or as soon as it can be. */
  cancel(job: FollowedJob): Promise<void>;
  /** Stops abandoned jobs that can be stopped by now: one has started, yielded or ended. */
  sweep(): void;
}

/** Nobody wants any job of the session, or of these functions in it. */
export function isUnwanted(session: StoppableSession, functions?: readonly number[]): boolean {
  return session.jobs.every(
    ({ wanted, fnIndex }) => !wanted || functions?.includes(fnIndex) === false,
  );
}

/**
 * Whether dropping the session's stream would give up nothing that is wanted, and would be noticed:
 * as long as a job has not been heard of, the stream may not be open yet, and the server would keep
 * the job.
 */
export function canDrop(session: StoppableSession): boolean {
  return isUnwanted(session) && session.jobs.every(({ heardAt }) => heardAt !== undefined);
}

/** Gives up everything in a session: waiting jobs leave the queue, generators end at their next value. */
export function dropAll({ events, jobs }: StoppableSession): void {
  events.drop();
  // Each leaves the list.
  for (const job of jobs.slice()) job.end();
}
