import { readMessage, type JobMessageBody, type ServerMessage } from "../core/messages.js";
import { ConnectionError } from "../errors.js";
import { readEvents, type EventReader } from "./event-stream.js";
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

const defaults = { accept: "text/event-stream" };

/** Reads the event stream of a session to its end. Never rejects: how it ended is the answer. */
export async function readSessionStream(
  requests: Requests,
  url: string,
  controller: AbortController,
  listener: StreamListener,
): Promise<StreamEnd> {
  const { signal } = controller;
  let response: TransportResponse;
  try {
    response = await requests.request("GET", url, { signal, defaults });
  } catch (error) {
    return { kind: "refused", error: errorFromFailure(error, url, false) };
  }
  const reader = new StreamReader(url, controller, listener);
  try {
    await readEvents(response, requests.sizeLimit(url), reader);
    // The body may have been complete already when its reader had seen enough.
    signal.throwIfAborted();
    return reader.reported ?? { kind: "ended" };
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    const { reported, heard } = reader;
    return reported ?? { kind: "broken", error: errorFromFailure(reason, url, true), heard };
  } finally {
    reader.end();
    response.discard();
  }
}

/** Hands on what a stream says. */
class StreamReader implements EventReader {
  /** Whether anything has come. */
  heard = false;
  /** The end of which the server itself has told. */
  reported: StreamEnd | undefined;
  readonly #url: string;
  readonly #controller: AbortController;
  readonly #listener: StreamListener;
  readonly #watch: SilenceWatch;

  constructor(url: string, controller: AbortController, listener: StreamListener) {
    this.#url = url;
    this.#controller = controller;
    this.#listener = listener;
    this.#watch = new SilenceWatch(() => controller.abort(lost("the app has fallen silent")));
  }

  bytes(): void {
    this.heard = true;
    this.#watch.heard();
  }

  event(data: string): void {
    const controller = this.#controller;
    if (controller.signal.aborted) return;
    try {
      const message = readMessage(parseJson(data, this.#url));
      if (message !== undefined) this.#take(message, data.length);
    } catch (error) {
      // Thrown from here it would end the process: nobody stands between this and the socket.
      controller.abort(error);
    }
  }

  end(): void {
    this.#watch.stop();
  }

  #take(message: ServerMessage, size: number): void {
    if (message.type === "job") this.#listener.message(message.eventId, message.body, size);
    else if (message.type === "broken") {
      this.reported ??= reportedEnd(message);
      // Nothing comes after it, whether the server cuts the body off or leaves it open.
      this.#controller.abort();
    } else if (message.type === "heartbeat") {
      this.#watch.beat();
      this.#listener.heartbeat();
    }
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
