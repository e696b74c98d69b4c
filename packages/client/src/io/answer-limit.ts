import { TimeoutError } from "../errors.js";
import { LimitedResponse } from "./limited-response.js";
import type { Multipart } from "./multipart.js";
import type { TransportResponse } from "./platform.js";

/** Ends a request that is without any answer for too long. */
export class AnswerLimit {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  readonly #where: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #answered = false;

  /** @param where whom the answer is waited for from, for the error. */
  constructor(milliseconds: number, where: string) {
    this.#milliseconds = milliseconds;
    this.#where = where;
  }

  /** Fires with a `TimeoutError` when the time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Starts to wait, or starts anew: something has moved. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#controller.abort(
        new TimeoutError(
          `There was no answer from ${this.#where} for ${this.#milliseconds} ms (http.timeout).`,
        ),
      );
    }, this.#milliseconds);
  }

  /**
   * A file under way: every piece that is sent starts the wait anew. Where the runtime sends it
   * without telling, there is nothing to go by: it is not limited until its first piece.
   */
  watch(body: Multipart): Multipart {
    this.stop();
    return {
      ...body,
      onProgress: (loaded) => {
        if (!this.#answered) this.restart();
        body.onProgress?.(loaded);
      },
    };
  }

  /** An answer whose pieces must not be too far apart either. */
  limited(response: TransportResponse): TransportResponse {
    return new LimitedResponse(response, this);
  }

  /** The answer has begun, or will not come. */
  end(): void {
    this.#answered = true;
    this.stop();
  }

  /** Stops to wait, for now. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
