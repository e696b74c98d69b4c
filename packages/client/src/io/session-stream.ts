import { readMessage, type JobMessageBody, type ServerMessage } from "../core/messages.js";
import { ConnectionError } from "../errors.js";
import { readEvents } from "./event-stream.js";
import { errorFromFailure } from "./failure.js";
import type { TransportResponse } from "./platform.js";
import { parseJson } from "./parse-json.js";
import type { Requests } from "./requests.js";
import { SilenceWatch } from "./silence.js";

/** How an event stream ended. */
export type StreamEnd =
  /** As it should: with `close_stream`, or with the end of its body. */
  | { readonly kind: "ended" }
  /** It was never open: nothing is lost by that. */
  | { readonly kind: "refused"; readonly error: Error }
  /** It broke, or fell silent; `heard`: after something had come. */
  | { readonly kind: "broken"; readonly error: Error; readonly heard: boolean }
  /** The server said that it fails, and why. */
  | { readonly kind: "reported"; readonly error: Error }
  /** The server does not know the session. */
  | { readonly kind: "unknown session" };

/** What is told of a stream while it lasts. */
export interface StreamListener {
  /** @param size of the message, in bytes or a little less. What it throws breaks the stream. */
  message(eventId: string, message: JobMessageBody, size: number): void;
  heartbeat(): void;
}

/** Reads the event stream of a session to its end. Never rejects: how it ended is the answer. */
export async function readSessionStream(
  requests: Requests,
  sessionHash: string,
  controller: AbortController,
  listener: StreamListener,
): Promise<StreamEnd> {
  const { signal } = controller;
  const url = requests.api(`/queue/data?session_hash=${encodeURIComponent(sessionHash)}`);
  let response: TransportResponse;
  try {
    const defaults = { accept: "text/event-stream" };
    response = await requests.request("GET", url, { signal, defaults });
  } catch (error) {
    return { kind: "refused", error: errorFromFailure(error, url, false) };
  }
  let heard = false;
  let reported: StreamEnd | undefined;
  const watch = new SilenceWatch(() => controller.abort(lost("the app has fallen silent")));
  const take = (message: ServerMessage, size: number): void => {
    if (message.type === "job") listener.message(message.eventId, message.body, size);
    else if (message.type === "broken") {
      reported ??= reportedEnd(message);
      // Nothing comes after it, whether the server cuts the body off or leaves it open.
      controller.abort();
    } else if (message.type === "heartbeat") {
      watch.beat();
      listener.heartbeat();
    }
  };
  try {
    await readEvents(
      response,
      requests.sizeLimit(url),
      (data) => {
        if (signal.aborted) return;
        try {
          const message = readMessage(parseJson(data, url));
          if (message !== undefined) take(message, data.length);
        } catch (error) {
          // Thrown from here it would end the process: nobody stands between this and the socket.
          controller.abort(error);
        }
      },
      () => {
        heard = true;
        watch.heard();
      },
    );
    // The body may have been complete already when its reader had seen enough.
    signal.throwIfAborted();
    return reported ?? { kind: "ended" };
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    return reported ?? { kind: "broken", error: errorFromFailure(reason, url, true), heard };
  } finally {
    watch.stop();
    response.discard();
  }
}

/** The error of a job whose stream is gone. */
export function lost(
  why: string,
  known: {
    readonly cause?: unknown;
    readonly retryable?: boolean;
    readonly mayHaveRun?: boolean;
  } = {},
): ConnectionError {
  const { cause, retryable = false, mayHaveRun = true } = known;
  const what = mayHaveRun ? "The call may have run" : "The call has not run";
  return new ConnectionError(
    "CONNECTION_LOST",
    `The event stream is lost: ${why}. ${what}; its result is gone.`,
    { cause, retryable, mayHaveRun },
  );
}

function reportedEnd(message: Extract<ServerMessage, { readonly type: "broken" }>): StreamEnd {
  if (message.sessionNotFound) return { kind: "unknown session" };
  return { kind: "reported", error: lost(message.message.replace(/\.$/, "")) };
}
