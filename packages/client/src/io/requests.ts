import { redactUrl } from "../core/redact.js";
import { ConnectionError } from "../errors.js";
import { secretsIn, type Access } from "./app-access.js";
import type { Login } from "./login.js";
import type { AnswerLimit } from "./answer-limit.js";
import { addHeaders, isSamePlace } from "./credentials.js";
import { waitFor } from "./deadline.js";
import { errorFromFailure } from "./failure.js";
import { parseJson } from "./parse-json.js";
import { asksForLogin, errorFromStatus } from "./refusal.js";
import { redirected, type Hop } from "./redirect.js";
import type { Multipart } from "./multipart.js";
import type { SocketRequest, Transport, TransportResponse } from "./platform.js";
import { defaultResponseSize, SizeLimit } from "./size-limit.js";
import { Secrets } from "./secrets.js";

/** What a single request may add to what all requests of a client have in common. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Replace the client's headers of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the request says where neither the client nor the call says otherwise. */
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  readonly background?: boolean | undefined;
}

interface SendOptions extends RequestOptions {
  /** JSON, or a file. */
  readonly body?: string | Multipart | undefined;
  /** Fields of a form, instead of a body. */
  readonly form?: URLSearchParams | undefined;
  /** `false`: a refusal is taken as it is, without logging in. */
  readonly login?: boolean | undefined;
}

/** How much of a body is kept for an error message, in characters. */
const errorBodyLimit = 2000;
const mostRedirects = 5;
/** No Gradio starts in less time: whoever was heard of more recently is the same, in milliseconds. */
const restartTime = 1000;

/**
 * All traffic with one app: knows its address, adds headers and credentials, follows redirects, logs
 * in again when a login has run out, and turns failures and refusals into the library's errors.
 * Routes are built by concatenation: `URL` resolution would drop the sub-path of a mounted app.
 */
export class Requests {
  /** The root of the app, with a trailing slash. */
  readonly base: string;
  /** The prefix of the API routes below {@link base}, such as `"/gradio_api"`. */
  prefix = "";
  /** The id of the running app, where it tells one: another one means that it was restarted. */
  appId: string | undefined;
  /** Whether the app is known to have been restarted: what was read of it before is void. */
  restarted = false;
  readonly #transport: Transport;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #access: Access;
  readonly #secrets: Secrets;
  #closed = false;
  /** When the app was last heard of, while there was no doubt. */
  #heard = Date.now();

  constructor(
    transport: Transport,
    base: string,
    headers: Readonly<Record<string, string>>,
    access: Access = {},
  ) {
    this.#transport = transport;
    this.base = base;
    this.#headers = headers;
    this.#access = access;
    this.#secrets = new Secrets(() => secretsIn(headers, access));
  }

  /**
   * The same traffic at another address, for an app that answered from behind a redirect. Another
   * host gets neither the headers nor the login: they were given for this one.
   */
  at(base: string): Requests {
    if (isSamePlace(this.base, base)) {
      return new Requests(this.#transport, base, this.#headers, this.#access);
    }
    const { login, ...access } = this.#access;
    const secrets = secretsIn(this.#headers, { login });
    return new Requests(this.#transport, base, {}, { ...access, secrets });
  }

  /** Whether the app may have been restarted since it was heard of; `confirmApp` finds out. */
  get inDoubt(): boolean {
    const silent = Date.now() - this.#heard > restartTime;
    return this.appId !== undefined && (this.restarted || silent);
  }

  /** The app has said something. That settles no doubt: any app may have said it. */
  heard(): void {
    if (!this.inDoubt) this.#heard = Date.now();
  }

  /** A connection broke: the app may have gone. */
  doubt(): void {
    this.#heard = 0;
  }

  /** It is the one that it was. */
  confirm(): void {
    this.#heard = Date.now();
  }

  /** The address of an API route, such as `api("/queue/join")`. */
  api(route: string): string {
    return this.root(this.prefix + route);
  }

  /** The address of a route beside the API, such as `root("/config")`. */
  root(route: string): string {
    return this.base.slice(0, -1) + route;
  }

  /** Whether an address belongs to the app, so that its headers may go there. */
  owns(url: string): boolean {
    // Most addresses are put together from the app's own, and need not be taken apart again.
    if (url.startsWith(this.base)) return true;
    return URL.canParse(url) && new URL(url).origin === new URL(this.base).origin;
  }

  /**
   * What a request to this address carries: headers go to the app and to nobody else; credentials
   * decide for themselves.
   */
  headersFor(
    url: string,
    options: Pick<RequestOptions, "defaults" | "headers">,
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

  /** Sends a request and gives the answer as it comes, whatever its status. */
  send(
    method: "GET" | "HEAD" | "POST",
    url: string,
    options: SendOptions = {},
  ): Promise<TransportResponse> {
    const body = options.form?.toString() ?? options.body;
    const hop: Hop = { method, url, body, own: this.owns(url) };
    const { login } = this.#access;
    return login === undefined || options.login === false
      ? this.#travel(hop, options)
      : this.#sendWithLogin(hop, options, login);
  }

  /** Sends a request and refuses every status but 2xx with the error that it stands for. */
  async request(
    method: "GET" | "POST",
    url: string,
    options: SendOptions = {},
  ): Promise<TransportResponse> {
    const response = await this.send(method, url, options);
    return isAccepted(response) ? response : await this.accept(response);
  }

  /** Gives the answer back if its status is 2xx; else throws the error that the status stands for. */
  async accept(response: TransportResponse): Promise<TransportResponse> {
    if (isAccepted(response)) return response;
    const body = await this.excerpt(response);
    throw this.#secrets.clean(
      errorFromStatus(response, this.#secrets.redact(body), {
        authorized: this.headersFor(response.url, {})["authorization"] !== undefined,
        loggedIn: (this.#access.login?.count ?? 0) > 0,
      }),
    );
  }

  /** Talks over a WebSocket; resolves and rejects as {@link Transport.openWebSocket}. */
  async openWebSocket(
    { signal, onMessage, ...rest }: Pick<SocketRequest, "url" | "signal" | "onMessage">,
    options: Pick<RequestOptions, "defaults" | "headers">,
  ): Promise<number | TransportResponse> {
    if (this.#closed) throw closedError();
    const limit = this.#access.limit?.(redactUrl(rest.url));
    const conversation = this.#transport.openWebSocket({
      ...rest,
      limit: this.sizeLimit(rest.url),
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

  /** What holds an answer to the size that the caller allows. */
  sizeLimit(url: string): SizeLimit {
    return new SizeLimit(this.#access.maxResponseSize ?? defaultResponseSize, url);
  }

  /** The whole body as text. */
  async text(response: TransportResponse, signal?: AbortSignal): Promise<string> {
    const pieces: string[] = [];
    const limit = this.sizeLimit(response.url);
    try {
      await response.read((text, bytes) => {
        limit.add(bytes);
        pieces.push(text);
      });
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw this.failure(error, response.url, true);
    }
    return pieces.join("");
  }

  /** Posts JSON and reads a JSON answer. */
  async postJson(url: string, value: string, options: RequestOptions = {}): Promise<unknown> {
    // Not by spreading, which makes a shape of its own for each request (platform/node/transport).
    const all: SendOptions = Object.assign({ body: value }, options);
    const response = await this.request("POST", url, all);
    return parseJson(await this.text(response, options.signal), url);
  }

  /** The beginning of a body, for an error message; a body that cannot be read is an empty one. */
  async excerpt(response: TransportResponse): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const chunk of response.stream()) {
        text += decoder.decode(chunk, { stream: true });
        if (text.length > errorBodyLimit) break;
      }
    } catch {
      // The status alone makes the error; a broken body has nothing to add to it.
      return text.slice(0, errorBodyLimit);
    }
    return text.slice(0, errorBodyLimit);
  }

  /** What the runtime throws when a request fails, as one of the library's errors. */
  failure(error: unknown, url: string, mayHaveRun: boolean): Error {
    return this.clean(errorFromFailure(error, url, mayHaveRun));
  }

  /** An error without the secrets of this client, wherever in it they were. */
  clean<Failure>(error: Failure, more: readonly string[] = []): Failure {
    return this.#secrets.clean(error, more) as Failure;
  }

  /** A text without the secrets of this client. */
  redact(text: string): string {
    return this.#secrets.redact(text);
  }

  /** Ends every connection; requests that are under way fail. */
  close(): void {
    this.#closed = true;
    this.#transport.close();
  }

  /** Logs in when the app asks for it, and sends the request again. */
  async #sendWithLogin(hop: Hop, options: SendOptions, login: Login): Promise<TransportResponse> {
    const { signal } = options;
    const { url, body } = hop;
    signal?.throwIfAborted();
    if (!isRepeatable(body)) {
      // It can be sent only once: a session that has run out is to show before.
      (await this.send("GET", this.api("/login_check"), { ...options, body: undefined })).discard();
    }
    const logins = login.count;
    const last = { own: true };
    const response = await this.#travel(hop, options, last);
    if (!last.own || !asksForLogin(response) || !isRepeatable(body)) return response;
    response.discard();
    await login.renew(this.at(baseBehind(this.base, url, response.url)), logins, signal);
    return await this.#travel(hop, options);
  }

  /**
   * Follows redirects to the answer.
   *
   * @param last is told whether it comes from the app, not from where that points to.
   */
  async #travel(
    first: Hop,
    options: SendOptions,
    last?: { own: boolean },
  ): Promise<TransportResponse> {
    options.signal?.throwIfAborted();
    const limit = this.#access.limit?.(redactUrl(first.url));
    try {
      for (let hop = first, count = 0; ; count += 1) {
        if (!hop.own) await this.#access.admit?.(this.base, hop.url);
        const response = await this.#sendOnce(hop, options, limit);
        if (hop.own && hasCookies(response)) await this.#learn(response);
        if (response.status >= 502 && response.status <= 504) this.doubt();
        else this.heard();
        const next = count < mostRedirects ? redirected(hop, response) : undefined;
        if (next === undefined) {
          if (last !== undefined) last.own = hop.own;
          return limit?.limited(response) ?? response;
        }
        response.discard();
        hop = next;
      }
    } catch (error) {
      const { signal } = options;
      if (signal?.aborted === true) throw signal.reason;
      if (limit?.signal.aborted === true) throw limit.signal.reason;
      this.doubt();
      throw this.failure(error, first.url, first.method === "POST");
    } finally {
      limit?.end();
    }
  }

  #sendOnce(
    { method, url, body, own }: Hop,
    options: SendOptions,
    limit: AnswerLimit | undefined,
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

function isAccepted({ status }: TransportResponse): boolean {
  return status >= 200 && status < 300;
}

function hasCookies({ setCookies }: TransportResponse): boolean {
  return setCookies !== undefined && setCookies.length > 0;
}

/** What a closed client answers. */
export function closedError(): ConnectionError {
  return new ConnectionError("CLOSED", "The client is closed: connect again to make calls.");
}

/** A stream can be sent once; everything else again. */
function isRepeatable(body: string | Multipart | undefined): boolean {
  return typeof body !== "object" || body.part.size !== undefined;
}

/** The root of the app that answered, when a redirect led from `url` to `answered`. */
function baseBehind(base: string, url: string, answered: string): string {
  const route = url.slice(base.length);
  return answered.endsWith(route) ? answered.slice(0, answered.length - route.length) : base;
}
