import type { TransportResponse } from "../../io/platform.js";

/** An answer that `fetch` delivers. */
export class FetchResponse implements TransportResponse {
  readonly url: string;
  readonly status: number;
  readonly #response: Response;
  readonly #release: (() => void) | undefined;

  /** @param release called when the connection is free again. */
  constructor(response: Response, url: string, release: (() => void) | undefined) {
    this.#response = response;
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

  async read(onChunk: (chunk: Uint8Array) => void): Promise<void> {
    for await (const chunk of this.stream()) onChunk(chunk);
  }

  /** By a reader: not every browser iterates over a `ReadableStream`. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = this.#response.body?.getReader();
    if (reader === undefined) {
      this.#release?.();
      return;
    }
    let ended = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        ended = done;
        if (done) return;
        yield value;
      }
    } catch (error) {
      ended = true;
      throw error;
    } finally {
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
