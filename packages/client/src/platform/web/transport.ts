import type { Multipart, UploadPart } from "../../io/multipart.js";
import type { Transport, TransportRequest, TransportResponse } from "../../io/platform.js";
import { ConnectionShare } from "./connection-share.js";
import { FetchResponse } from "./response.js";

/** What a browser adds to `fetch`. */
export interface FetchTransportOptions {
  /** Whether only a few connections to a server are there at a time, as in browsers. */
  readonly fewConnections?: boolean;
  /**
   * `"manual"`: a redirect is handed on as an answer, so that what was meant for one origin is not sent
   * to another. Only for runtimes that show redirects: a browser does not.
   */
  readonly redirects?: "follow" | "manual";
  /** Whether the headers that the standard forbids to scripts are left out. */
  readonly forbidsHeaders?: boolean;
  /** Whether the progress of an upload may be asked of `XMLHttpRequest`, where there is one. */
  readonly uploadProgress?: boolean;
  /** What `fetch` cannot do. */
  readonly openWebSocket: Transport["openWebSocket"];
}

/** HTTP over a `fetch` function: the runtime's own, or one that the caller hands in. */
export class FetchTransport implements Transport {
  readonly openWebSocket: Transport["openWebSocket"];
  readonly #fetch: typeof fetch;
  readonly #share: ConnectionShare | undefined;
  readonly #redirects: "follow" | "manual";
  readonly #uploadProgress: boolean;
  readonly #forbidsHeaders: boolean;
  readonly #closing = new AbortController();
  /** Origins that asked for a login: from then on they get their cookies. */
  readonly #withCookies = new Set<string>();

  constructor(fetchFunction: typeof fetch, options: FetchTransportOptions) {
    this.#fetch = fetchFunction;
    this.openWebSocket = options.openWebSocket;
    this.#share = options.fewConnections === true ? new ConnectionShare() : undefined;
    this.#redirects = options.redirects ?? "follow";
    this.#uploadProgress = options.uploadProgress === true;
    this.#forbidsHeaders = options.forbidsHeaders === true;
  }

  get followsRedirects(): boolean {
    return this.#redirects === "follow";
  }

  unsendable(headers: Readonly<Record<string, string>>): string | undefined {
    if (!this.#forbidsHeaders) return undefined;
    // Which ones they are, only the runtime knows: workers forbid none.
    const kept = new Request("http://localhost", { headers: { ...headers } }).headers;
    return Object.keys(headers).find((name) => !kept.has(name));
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    const signals = request.signal === undefined ? [] : [request.signal];
    const signal = AbortSignal.any([this.#closing.signal, ...signals]);
    const release = await this.#share?.acquire(request, signal);
    try {
      const response = await this.#sendOnce(request, signal);
      return new FetchResponse(response, request.url, signal, release);
    } catch (error) {
      release?.();
      throw error;
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #sendOnce(request: TransportRequest, signal: AbortSignal): Promise<Response> {
    const { method, url, headers, body } = request;
    const { origin } = new URL(url);
    const init: RequestInit = { method, headers, signal, redirect: this.#redirects };
    if (this.#withCookies.has(origin)) init.credentials = "include";
    if (typeof body === "object") return await this.#upload(request, body, init);
    if (body !== undefined) init.body = body;
    const response = await this.#fetch(url, init);
    const mayAsk = init.credentials === undefined && isForeign(origin);
    if (response.status !== 401 || !mayAsk) return response;
    this.#withCookies.add(origin);
    return method === "POST" ? response : await this.#again(response, url, init);
  }

  /**
   * Asks an app that wants a login once more, with the cookies that the browser has for it. Not
   * before it asks: a server that lets every origin in refuses requests with cookies altogether.
   */
  async #again(refused: Response, url: string, init: RequestInit): Promise<Response> {
    try {
      const response = await this.#fetch(url, { ...init, credentials: "include" });
      void refused.body?.cancel();
      return response;
    } catch {
      // Its cookies are not wanted here: the refusal stands.
      return refused;
    }
  }

  async #upload(request: TransportRequest, body: Multipart, init: RequestInit): Promise<Response> {
    const { part, onProgress } = body;
    const blob = part.blob ?? (await gather(part));
    // A form, so that the runtime streams the blob by itself and sets the boundary.
    const form = new FormData();
    form.append("files", blob, part.name);
    init.body = form;
    let response: Response;
    if (this.#uploadProgress && onProgress !== undefined && "XMLHttpRequest" in globalThis) {
      const { postForm } = await import("./post-form.js");
      response = await postForm(request.url, init, form, (sent, all) => {
        onProgress(Math.max(0, sent - (all - blob.size)));
      });
    } else {
      response = await this.#fetch(request.url, init);
    }
    onProgress?.(blob.size);
    return response;
  }
}

/** Whether it is another origin than the page's: to its own the browser sends cookies anyway. */
function isForeign(origin: string): boolean {
  return "location" in globalThis && globalThis.location.origin !== origin;
}

async function gather(part: UploadPart): Promise<Blob> {
  const chunks: BlobPart[] = [];
  for await (const chunk of part.stream()) chunks.push(chunk.slice());
  return new Blob(chunks, part.mimeType === undefined ? {} : { type: part.mimeType });
}
