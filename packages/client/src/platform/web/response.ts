import { onAbort } from "../../core/on-abort.js";
import type { TransportResponse } from "../../io/platform.js";

/** An answer that `fetch` delivers. */
export class FetchResponse implements TransportResponse {
  readonly url: string;
  readonly status: number;
  readonly #response: Response;
  readonly #signal: AbortSignal;
  readonly #release: (() => void) | undefined;

  /**
   * @param signal the one that its request was made with.
   * @param release called when the connection is free again.
   */
  constructor(
    response: Response,
    url: string,
    signal: AbortSignal,
    release: (() => void) | undefined,
  ) {
    this.#response = response;
    this.#signal = signal;
    this.#release = release;
    this.url = response.url || url;
    this.status = response.status;
  }

  header(name: string): string | null {
    return this.#response.headers.get(name);
  }

  get setCookies(): readonly string[] {
    // Browsers before 2023 lack it, and show no cookies either.
    return this.#response.headers.getSetCookie?.() ?? [];
  }

  async read(onText: (text: string, bytes: number) => void): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.stream()) {
      onText(decoder.decode(chunk, { stream: true }), chunk.byteLength);
    }
    const rest = decoder.decode();
    if (rest !== "") onText(rest, 0);
  }

  /** By a reader: not every browser iterates over a `ReadableStream`. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = this.#response.body?.getReader();
    if (reader === undefined) {
      this.#release?.();
      return;
    }
    const signal = this.#signal;
    // In Node a body that is aborted just when it ends can leave its reader without any word.
    const stopListening = onAbort(signal, () => {
      reader.cancel(signal.reason).catch(() => {
        // It has failed already, and says so to the one who reads.
      });
    });
    let ended = false;
    try {
      for (;;) {
        signal.throwIfAborted();
        const { done, value } = await reader.read();
        ended = done;
        signal.throwIfAborted();
        if (done) return;
        yield value;
      }
    } catch (error) {
      ended = true;
      throw error;
    } finally {
      stopListening();
      this.#release?.();
      if (!ended) await reader.cancel();
    }
  }

  discard(): void {
    this.#release?.();
    this.#response.body?.cancel().catch(() => {
      // Nobody reads this body: how it ends does not matter.
    });
  }
}
