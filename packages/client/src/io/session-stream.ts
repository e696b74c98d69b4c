import { readMessage, type JobMessageBody, type ServerMessage } from "../core/messages.js";
import { ConnectionError } from "../errors.js";
import { readEvents } from "./event-stream.js";
import { parseJson, type Requests } from "./requests.js";

/**
 * Reads the event stream of a session to its end and hands over every message about a job.
 *
 * @returns the error that the server itself reported, if it did; rejects when the stream cannot be
 *   opened or is cut off.
 */
export async function readSessionStream(
  requests: Requests,
  sessionHash: string,
  signal: AbortSignal,
  onMessage: (eventId: string, message: JobMessageBody) => void,
): Promise<Error | undefined> {
  const url = requests.api(`/queue/data?session_hash=${encodeURIComponent(sessionHash)}`);
  const response = await requests.request("GET", url, {
    signal,
    defaults: { accept: "text/event-stream" },
  });
  let reported: Error | undefined;
  try {
    await readEvents(response, (data) => {
      const message = readMessage(parseJson(data, url));
      if (message === undefined) return;
      if ("eventId" in message) onMessage(message.eventId, message);
      else reported ??= errorOf(message);
    });
  } catch (error) {
    // The server cuts the body off after such a message: the message says more.
    if (reported === undefined && !signal.aborted) throw error;
  }
  return reported;
}

/** "Session not found": from a stream that came too early it is no error at all. */
export class SessionNotFound extends Error {}

/** The error of a job whose stream is gone. */
export function lost(why: string): ConnectionError {
  return new ConnectionError(
    "CONNECTION_LOST",
    `The event stream of the session broke: ${why}. The call may have run, its result is lost.`,
    { mayHaveRun: true },
  );
}

function errorOf(message: Exclude<ServerMessage, { readonly eventId: string }>): Error | undefined {
  if (message.type !== "broken") return undefined;
  return message.sessionNotFound ? new SessionNotFound() : lost(message.message);
}
