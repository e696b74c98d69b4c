import { isObject } from "../core/json.js";
import { ProtocolError } from "../errors.js";
import type { RetryPolicy } from "./retry.js";
import type { JoinedJob } from "./pending-job.js";

/** How fast the body of a join is sent at least, in characters per millisecond. */
export const slowestUpload = 50;

/** Whoever wants a job: the signal, made when it is asked for, tells that it is not wanted any more. */
export interface JobOwner {
  readonly signal: AbortSignal;
}

/** What a join needs besides its body. */
export interface JoinOptions extends JoinedJob {
  readonly headers: Readonly<Record<string, string>>;
  /** How a join that was provably not taken is sent again; `undefined`: not at all. */
  readonly retry: RetryPolicy | undefined;
  /** Its signal ends the pauses between attempts; a join that is under way is always waited for. */
  readonly owner: JobOwner;
}

/** The id that the answer to a join gives the job. */
export function eventIdOf(answer: unknown): string {
  const id = isObject(answer) ? answer["event_id"] : undefined;
  if (typeof id === "string") return id;
  throw new ProtocolError("UNEXPECTED_MESSAGE", "The app took the call without giving it an id.");
}
