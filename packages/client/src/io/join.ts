import { ProtocolError } from "../errors.js";
import type { Requests } from "./requests.js";
import type { RetryPolicy } from "./retry.js";
import type { JoinedJob } from "./session-jobs.js";

/** By this apps tell programs from people; what they do with it is theirs. */
const caller = { "x-gradio-user": "api" };
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

/** Sends a join; resolves with the event id that the server gives the job. */
export function postJoin(
  requests: Requests,
  body: string,
  {
    headers,
    signal,
  }: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<string> {
  const url = requests.api("/queue/join");
  return requests.postJson(url, body, { headers, defaults: caller, signal }).then(eventIdOf);
}

function eventIdOf(answer: unknown): string {
  if (typeof answer === "object" && answer !== null && "event_id" in answer) {
    if (typeof answer.event_id === "string") return answer.event_id;
  }
  throw new ProtocolError("UNEXPECTED_MESSAGE", "The app took the call without giving it an id.");
}
