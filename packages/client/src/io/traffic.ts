import { redactUrl } from "../core/redact.js";
import { ConnectionError } from "../errors.js";
import type { AnswerLimit } from "./answer-limit.js";
import type { Access } from "./app-access.js";
import { addHeaders } from "./credentials.js";
import { waitFor } from "./deadline.js";
import { errorFromFailure } from "./failure.js";
import type { SocketRequest, Transport, TransportResponse } from "./platform.js";
import { redirected, type Hop } from "./redirect.js";
import type { RunningApp } from "./running-app.js";
import type { Secrets } from "./secrets.js";

/** What a single request may add to what all requests of a client have in common. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Replace the client's headers of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the request says where neither the client nor the call says otherwise. */
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  readonly background?: boolean | undefined;
}

/** What a request may say besides where it goes and what it brings. */
export interface TravelOptions extends RequestOptions {
  /** Fields of a form, instead of a body. */
  readonly form?: URLSearchParams | undefined;
}

interface TrafficSettings {
  readonly transport: Transport;
  /** The root of the app, with a trailing slash. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly access: Access;
  /** Told what is heard of it. */
  readonly app: RunningApp;
  readonly secrets: Secrets;
}

const mostRedirects = 5;

/**
 * Requests on their way: they carry the headers and credentials that may go where they go, follow
 * redirects, take no longer than they may, and what the runtime throws becomes an error of the
 * library.
 */
export class Traffic {
  readonly #base: string;
  readonly #transport: Transport;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #access: Access;
  readonly #app: RunningApp;
  readonly #secrets: Secrets;
  #closed = false;

  constructor({ transport, base, headers, access, app, secrets }: TrafficSettings) {
    this.#transport = transport;
    this.#base = base;
    this.#headers = headers;
    this.#access = access;
    this.#app = app;
    this.#secrets = secrets;
  }

  /** Whether an address belongs to the app, so that its headers may go there. */
  owns(url: string): boolean {
    // Most addresses are put together from the app's own, and need not be taken apart again.
    if (url.startsWith(this.#base)) return true;
    return URL.canParse(url) && new URL(url).origin === new URL(this.#base).origin;
  }

  /**
   * What a request to this address carries: headers go to the app and to nobody else; credentials
   * decide for themselves.
   */
  headersFor(
    url: string,
    options: Pick<RequestOptions, "defaults" | "headers"> = {},
    own: boolean = this.owns(url),
  ): Record<string, string> {
    const { defaults, headers } = options;
    const all: Record<string, string> = {};
    if (own) Object.assign(all, defaults, this.#headers, headers);
    for (const credentials of this.#access.credentials ?? []) {
      const more = credentials.headersFor(url);
      if (more !== undefined) addHeaders(all, more);
    }
    return all;
  }

  /**
   * Follows redirects to the answer.
   *
   * @param last is told whether it comes from the app, not from where that points to.
   */
  travel(first: Hop, options: TravelOptions, last?: { own: boolean }): Promise<TransportResponse> {
    const isLimited = this.#access.limit !== undefined;
    if (isLimited || !first.own || this.#closed || options.signal?.aborted === true) {
      return this.#travelFar(first, options, last);
    }
    // The way of every call: nothing is waited for but the answer.
    return this.#sendOnce(first, options).then(
      (response) => {
        if (hasCookies(response) || redirected(first, response) !== undefined) {
          return this.#travelFar(first, options, last, response);
        }
        this.#hear(response);
        return response;
      },
      (error: unknown) => {
        throw this.#failure(error, first, options);
      },
    );
  }

  /** @param answer the one to the first request, where there is one already. */
  async #travelFar(
    first: Hop,
    options: TravelOptions,
    last?: { own: boolean },
    answer?: TransportResponse,
  ): Promise<TransportResponse> {
    options.signal?.throwIfAborted();
    const limit = this.#access.limit?.(redactUrl(first.url));
    try {
      for (let hop = first, count = 0, next = answer; ; count += 1) {
        if (!hop.own) await this.#access.admit?.(this.#base, hop.url);
        const response = next ?? (await this.#sendOnce(hop, options, limit));
        next = undefined;
        if (hop.own && hasCookies(response)) await this.#learn(response);
        this.#hear(response);
        const ahead = count < mostRedirects ? redirected(hop, response) : undefined;
        if (ahead === undefined) {
          if (last !== undefined) last.own = hop.own;
          return limit?.limited(response) ?? response;
        }
        response.discard();
        hop = ahead;
      }
    } catch (error) {
      throw this.#failure(error, first, options, limit);
    } finally {
      limit?.end();
    }
  }

  /** Something was heard of the app, or of who stands before it. */
  #hear({ status }: TransportResponse): void {
    if (status >= 502 && status <= 504) this.#app.doubt();
    else this.#app.heard();
  }

  #failure(
    error: unknown,
    { url, method }: Hop,
    { signal }: TravelOptions,
    limit?: AnswerLimit,
  ): unknown {
    if (signal?.aborted === true) return signal.reason;
    if (limit?.signal.aborted === true) return limit.signal.reason;
    this.#app.doubt();
    return this.#secrets.clean(errorFromFailure(error, url, method === "POST"));
  }

  /** Talks over a WebSocket; resolves and rejects as {@link Transport.openWebSocket}. */
  async openWebSocket(
    { signal, onMessage, ...rest }: Omit<SocketRequest, "headers">,
    options: Pick<RequestOptions, "defaults" | "headers">,
  ): Promise<number | TransportResponse> {
    if (this.#closed) throw closedError();
    const limit = this.#access.limit?.(redactUrl(rest.url));
    const conversation = this.#transport.openWebSocket({
      ...rest,
      headers: this.headersFor(rest.url, options),
      signal: limit === undefined ? signal : AbortSignal.any([signal, limit.signal]),
      onMessage: (text, send) => {
        limit?.end();
        onMessage(text, send);
      },
    });
    limit?.restart();
    try {
      return await waitFor(conversation, limit?.signal);
    } finally {
      limit?.end();
    }
  }

  /** Ends every connection; requests that are under way fail. */
  close(): void {
    this.#closed = true;
    this.#transport.close();
  }

  #sendOnce(
    { method, url, body, own }: Hop,
    options: TravelOptions,
    limit?: AnswerLimit,
  ): Promise<TransportResponse> {
    if (this.#closed) throw closedError();
    const { form, signal, background } = options;
    const headers = this.headersFor(url, options, own);
    if (form !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
    else if (typeof body === "string") headers["content-type"] = "application/json";
    if (limit === undefined) {
      return this.#transport.send({ method, url, headers, body, signal, background });
    }
    limit.restart();
    return this.#transport.send({
      method,
      url,
      headers,
      body: typeof body === "object" ? limit.watch(body) : body,
      signal: signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]),
      background,
    });
  }

  async #learn(response: TransportResponse): Promise<void> {
    for (const credentials of this.#access.credentials ?? []) await credentials.learn?.(response);
  }
}

function hasCookies({ setCookies }: TransportResponse): boolean {
  return setCookies !== undefined && setCookies.length > 0;
}

/** What a closed client answers. */
export function closedError(): ConnectionError {
  return new ConnectionError("CLOSED", "The client is closed: connect again to make calls.");
}
