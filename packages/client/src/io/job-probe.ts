import { startDeadline } from "./deadline.js";
import type { Requests } from "./requests.js";

/** A server that takes longer to say so knows nothing, in milliseconds. */
const answerLimit = 5000;

/** What the server knows of a job: that it waits or runs, that it is gone, or nothing certain. */
export type JobTrace = "alive" | "gone" | "unknown";

/**
 * Asks whether a job still waits or runs. The route ends streaming inputs; of every other job it only
 * tells whether it is there. So it must not be asked about an endpoint that is fed chunk by chunk.
 */
export async function probeJob(requests: Requests, eventId: string): Promise<JobTrace> {
  const url = requests.api(`/stream/${encodeURIComponent(eventId)}/close`);
  const deadline = startDeadline({ timeout: answerLimit }, "Asking after a job");
  try {
    const response = await requests.send("POST", url, { signal: deadline.signal });
    const body = await requests.excerpt(response);
    if (response.status >= 200 && response.status < 300) return "alive";
    // Servers without the route answer with a JSON detail: that says nothing about the job.
    return response.status === 404 && body === "" ? "gone" : "unknown";
  } catch {
    // An unreachable server knows nothing; the stream itself will say so.
    return "unknown";
  } finally {
    deadline.release();
  }
}
