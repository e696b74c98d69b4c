import type { AnswerLimit } from "./answer-limit.js";
import type { TransportResponse } from "./platform.js";

/** An answer whose pieces must not be too far apart, where the reader asks for them. */
export class LimitedResponse implements TransportResponse {
  readonly status: number;
  readonly url: string;
  readonly setCookies: readonly string[];
  readonly #response: TransportResponse;
  readonly #limit: AnswerLimit;

  constructor(response: TransportResponse, limit: AnswerLimit) {
    this.status = response.status;
    this.url = response.url;
    this.setCookies = response.setCookies ?? [];
    this.#response = response;
    this.#limit = limit;
  }

  header(name: string): string | null {
    return this.#response.header(name);
  }

  /** Not limited: event streams are read so, which are silent as long as the app's function works. */
  read(onText: (text: string, bytes: number) => void): Promise<void> {
    return this.#response.read(onText);
  }

  /** Only the time that the server takes counts, not the reader's. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    const { signal } = this.#limit;
    try {
      this.#limit.restart();
      for await (const chunk of this.#response.stream()) {
        this.#limit.stop();
        yield chunk;
        this.#limit.restart();
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.#limit.stop();
    }
    // A connection that is ended from here ends some bodies without an error.
    if (signal.aborted) throw signal.reason;
  }

  discard(): void {
    this.#response.discard();
  }
}
