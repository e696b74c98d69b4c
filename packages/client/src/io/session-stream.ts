import { readMessage, type JobMessageBody, type ServerMessage } from "../core/messages.js";
import { ConnectionError } from "../errors.js";
import { createEventReader } from "./event-stream.js";
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

/** The event stream of a session: opened again and again, one at a time. */
export class SessionStream {
  readonly #requests: Requests;
  readonly #url: string;
  readonly #listener: StreamListener;
  readonly #readEvents: (response: TransportResponse) => Promise<void>;
  readonly #watch: SilenceWatch;
  #controller: AbortController | undefined;
  /** Whether anything has come. */
  #heard = false;
  #receiving = false;
  /** The end of which the server itself has told. */
  #reported: StreamEnd | undefined;

  constructor(requests: Requests, sessionHash: string, listener: StreamListener) {
    const url = requests.api(`/queue/data?session_hash=${encodeURIComponent(sessionHash)}`);
    this.#requests = requests;
    this.#url = url;
    this.#listener = listener;
    this.#watch = new SilenceWatch(() =>
      this.#controller?.abort(lost("the app has fallen silent")),
    );
    this.#readEvents = createEventReader(requests.sizeLimit(url), {
      bytes: () => {
        this.#heard = true;
        this.#receiving = true;
        this.#watch.heard();
      },
      event: (data) => {
        this.#receiving = false;
        this.#read(data);
      },
    });
  }

  /** Whether the last piece that came has ended no message: a large one comes in many. */
  get receiving(): boolean {
    return this.#receiving;
  }

  /** Opens it and reads it to its end. Never rejects: how it ended is the answer. */
  async read(controller: AbortController): Promise<StreamEnd> {
    const { signal } = controller;
    const url = this.#url;
    let response: TransportResponse;
    try {
      response = await this.#requests.request("GET", url, { signal, defaults });
    } catch (error) {
      return { kind: "refused", error: errorFromFailure(error, url, false) };
    }
    this.#controller = controller;
    this.#heard = false;
    this.#reported = undefined;
    this.#watch.start();
    try {
      await this.#readEvents(response);
      // The body may have been complete already when its reader had seen enough.
      signal.throwIfAborted();
      return this.#reported ?? { kind: "ended" };
    } catch (error) {
      const reason: unknown = signal.aborted ? signal.reason : error;
      const heard = this.#heard;
      return (
        this.#reported ?? { kind: "broken", error: errorFromFailure(reason, url, true), heard }
      );
    } finally {
      this.#receiving = false;
      this.#watch.stop();
      response.discard();
    }
  }

  #read(data: string): void {
    const controller = this.#controller;
    if (controller === undefined || controller.signal.aborted) return;
    try {
      const message = readMessage(parseJson(data, this.#url));
      if (message?.type === "job") {
        this.#listener.message(message.eventId, message.body, data.length);
      } else if (message?.type === "broken") {
        this.#reported ??= reportedEnd(message);
        // Nothing comes after it, whether the server cuts the body off or leaves it open.
        controller.abort();
      } else if (message?.type === "heartbeat") {
        this.#watch.beat();
        this.#listener.heartbeat();
      }
    } catch (error) {
      // Thrown from here it would end the process: nobody stands between this and the socket.
      controller.abort(error);
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
