import { secretsIn, type Access } from "./app-access.js";
import { isSamePlace } from "./credentials.js";
import { errorFromFailure } from "./failure.js";
import type { Login } from "./login.js";
import type { Multipart } from "./multipart.js";
import { parseJson } from "./parse-json.js";
import type { SocketRequest, Transport, TransportResponse } from "./platform.js";
import type { Hop } from "./redirect.js";
import { asksForLogin, errorFromStatus } from "./refusal.js";
import { RunningApp } from "./running-app.js";
import { Secrets } from "./secrets.js";
import { defaultResponseSize, SizeLimit } from "./size-limit.js";
import { Traffic, type RequestOptions, type TravelOptions } from "./traffic.js";

interface SendOptions extends TravelOptions {
  /** JSON, or a file. */
  readonly body?: string | Multipart | undefined;
  /** `false`: a refusal is taken as it is, without logging in. */
  readonly login?: boolean | undefined;
}

/** How much of a body is kept for an error message, in characters. */
const errorBodyLimit = 2000;

/**
 * Requests to one app: knows its routes, logs in again when a login has run out, and turns refusals
 * into the library's errors. Routes are built by concatenation: `URL` resolution would drop the
 * sub-path of a mounted app.
 */
export class Requests {
  /** The root of the app, with a trailing slash. */
  readonly base: string;
  /** The prefix of the API routes below {@link base}, such as `"/gradio_api"`. */
  prefix = "";
  /** Who answers there. */
  readonly app: RunningApp = new RunningApp();
  readonly #transport: Transport;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #access: Access;
  readonly #secrets: Secrets;
  readonly #traffic: Traffic;

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
    const { app } = this;
    this.#traffic = new Traffic({ transport, base, headers, access, app, secrets: this.#secrets });
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

  /** The address of an API route, such as `api("/queue/join")`. */
  api(route: string): string {
    return this.root(this.prefix + route);
  }

  /** The address of a route beside the API, such as `root("/config")`. */
  root(route: string): string {
    return this.base.slice(0, -1) + route;
  }

  /** Sends a request and gives the answer as it comes, whatever its status. */
  send(
    method: "GET" | "HEAD" | "POST",
    url: string,
    options: SendOptions = {},
  ): Promise<TransportResponse> {
    const body = options.form?.toString() ?? options.body;
    const hop: Hop = { method, url, body, own: this.#traffic.owns(url) };
    const { login } = this.#access;
    return login === undefined || options.login === false
      ? this.#traffic.travel(hop, options)
      : this.#sendWithLogin(hop, options, login);
  }

  /** Sends a request and refuses every status but 2xx with the error that it stands for. */
  request(
    method: "GET" | "POST",
    url: string,
    options: SendOptions = {},
  ): Promise<TransportResponse> {
    return this.send(method, url, options).then((response) =>
      isAccepted(response) ? response : this.accept(response),
    );
  }

  /** Gives the answer back if its status is 2xx; else throws the error that the status stands for. */
  async accept(response: TransportResponse): Promise<TransportResponse> {
    if (isAccepted(response)) return response;
    const body = await this.excerpt(response);
    throw this.#secrets.clean(
      errorFromStatus(response, this.#secrets.redact(body), {
        authorized: this.#traffic.headersFor(response.url)["authorization"] !== undefined,
        loggedIn: (this.#access.login?.count ?? 0) > 0,
      }),
    );
  }

  /** Talks over a WebSocket; resolves and rejects as {@link Transport.openWebSocket}. */
  openWebSocket(
    request: Pick<SocketRequest, "url" | "signal" | "onMessage">,
    options: Pick<RequestOptions, "defaults" | "headers">,
  ): Promise<number | TransportResponse> {
    return this.#traffic.openWebSocket({ ...request, limit: this.sizeLimit(request.url) }, options);
  }

  /** What holds an answer to the size that the caller allows. */
  sizeLimit(url: string): SizeLimit {
    return new SizeLimit(this.#access.maxResponseSize ?? defaultResponseSize, url);
  }

  /** The whole body as text. */
  text(response: TransportResponse, signal?: AbortSignal): Promise<string> {
    const pieces: string[] = [];
    const limit = this.sizeLimit(response.url);
    const take = (text: string, bytes: number): void => {
      limit.add(bytes);
      pieces.push(text);
    };
    return response.read(take).then(
      () => pieces.join(""),
      (error: unknown) => {
        if (signal?.aborted === true) throw signal.reason;
        throw this.failure(error, response.url, true);
      },
    );
  }

  /** Posts JSON and reads a JSON answer. */
  postJson(url: string, value: string, options: RequestOptions = {}): Promise<unknown> {
    // Not by spreading, which makes a shape of its own for each request (platform/node/exchange).
    const all: SendOptions = Object.assign({ body: value }, options);
    return this.request("POST", url, all)
      .then((response) => this.text(response, options.signal))
      .then((text) => parseJson(text, url));
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
    this.#traffic.close();
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
    const response = await this.#traffic.travel(hop, options, last);
    if (!last.own || !asksForLogin(response) || !isRepeatable(body)) return response;
    response.discard();
    await login.renew(this.at(baseBehind(this.base, url, response.url)), logins, signal);
    return await this.#traffic.travel(hop, options);
  }
}

function isAccepted({ status }: TransportResponse): boolean {
  return status >= 200 && status < 300;
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
