import { startDeadline } from "./deadline.js";
import type { Requests } from "./requests.js";

/** A server that does not answer by then frees the place by itself, in milliseconds. */
const answerLimit = 1000;

/** What `/cancel` wants to know of a job. */
export interface JobAddress {
  readonly sessionHash: string;
  readonly fnIndex: number;
  readonly eventId: string;
}

/**
 * Tells the server that nobody hears a job any more, so that its place in the queue is free for the
 * next one. Ends every job of the function in the session: only for sessions whose stream is lost.
 * Never rejects: nothing hangs on it, and servers before 4.31 do not know it.
 */
export async function releaseJob(requests: Requests, job: JobAddress): Promise<void> {
  const body = { session_hash: job.sessionHash, fn_index: job.fnIndex, event_id: job.eventId };
  const deadline = startDeadline({ timeout: answerLimit }, "Releasing a job");
  const { signal } = deadline;
  try {
    const url = requests.api("/cancel");
    const options = { signal, body: JSON.stringify(body) };
    await requests.excerpt(await requests.send("POST", url, options));
  } catch {
    // The connection is as broken as the stream was: the job ends in its own time.
  } finally {
    deadline.release();
  }
}
