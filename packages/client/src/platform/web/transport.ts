import type { Multipart, UploadPart } from "../../io/multipart.js";
import type { Transport, TransportRequest, TransportResponse } from "../../io/platform.js";

/** HTTP over a `fetch` function: the runtime's own, or one that the caller hands in. */
export class FetchTransport implements Transport {
  readonly #fetch: typeof fetch;
  readonly #closing = new AbortController();

  constructor(fetchFunction: typeof fetch) {
    this.#fetch = fetchFunction;
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    const { method, url, headers, body, signal } = request;
    const signals = signal === undefined ? [] : [signal];
    const init: RequestInit = {
      method,
      headers,
      signal: AbortSignal.any([this.#closing.signal, ...signals]),
    };
    if (typeof body === "string") init.body = body;
    else if (body !== undefined) init.body = await formOf(body);
    const response = await this.#fetch(url, init);
    if (typeof body === "object") body.onProgress?.(body.part.size ?? 0);
    return new FetchResponse(response, url);
  }

  close(): void {
    this.#closing.abort();
  }
}

class FetchResponse implements TransportResponse {
  readonly url: string;
  readonly status: number;
  readonly #response: Response;

  constructor(response: Response, url: string) {
    this.#response = response;
    this.url = response.url || url;
    this.status = response.status;
  }

  header(name: string): string | null {
    return this.#response.headers.get(name);
  }

  async read(onChunk: (chunk: Uint8Array) => void): Promise<void> {
    for await (const chunk of this.stream()) onChunk(chunk);
  }

  /** By a reader: not every browser iterates over a `ReadableStream`. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = this.#response.body?.getReader();
    if (reader === undefined) return;
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
      if (!ended) await reader.cancel();
    }
  }

  discard(): void {
    this.#response.body?.cancel().catch(() => {
      // Nobody reads this body: how it ends does not matter.
    });
  }
}

/** A form, so that the runtime streams the blob by itself and sets the boundary. */
async function formOf({ part }: Multipart): Promise<FormData> {
  const form = new FormData();
  form.append("files", part.blob ?? (await gather(part)), part.name);
  return form;
}

async function gather(part: UploadPart): Promise<Blob> {
  const chunks: BlobPart[] = [];
  for await (const chunk of part.stream()) chunks.push(chunk.slice());
  return new Blob(chunks, part.mimeType === undefined ? {} : { type: part.mimeType });
}
