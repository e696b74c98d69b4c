import { ConnectionError, ProtocolError } from "../errors.js";
import { errorFromFailure } from "./failure.js";
import { errorFromStatus } from "./refusal.js";
import type { Multipart } from "./multipart.js";
import type { Transport, TransportResponse } from "./platform.js";

/** What a single request may add to what all requests of a client have in common. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Replace the client's headers of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the request says where neither the client nor the call says otherwise. */
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  readonly background?: boolean | undefined;
}

/** How much of a body is kept for an error message, in characters. */
const errorBodyLimit = 2000;

/**
 * All traffic with one app: knows its address, adds the headers, and turns failures and refusals
 * into the library's errors. Routes are built by concatenation: `URL` resolution would drop the
 * sub-path of a mounted app.
 */
export class Requests {
  /** The root of the app, with a trailing slash. */
  readonly base: string;
  /** The prefix of the API routes below {@link base}, such as `"/gradio_api"`. */
  prefix = "";
  readonly #transport: Transport;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #origin: string;
  #closed = false;

  constructor(transport: Transport, base: string, headers: Readonly<Record<string, string>>) {
    this.#transport = transport;
    this.base = base;
    this.#headers = headers;
    this.#origin = new URL(base).origin;
  }

  /** The same traffic at another address, for an app that answered from behind a redirect. */
  at(base: string): Requests {
    return new Requests(this.#transport, base, this.#headers);
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
    return URL.canParse(url) && new URL(url).origin === this.#origin;
  }

  /** What a request carries. Headers can hold credentials: they go to the app and to nobody else. */
  headersFor(
    url: string,
    { defaults, headers }: Pick<RequestOptions, "defaults" | "headers">,
  ): Record<string, string> {
    return this.owns(url) ? { ...defaults, ...this.#headers, ...headers } : {};
  }

  /** Sends a request and gives the answer as it comes, whatever its status. */
  async send(
    method: "GET" | "HEAD" | "POST",
    url: string,
    options: RequestOptions & { readonly body?: string | Multipart | undefined } = {},
  ): Promise<TransportResponse> {
    const { signal, body, background } = options;
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const headers = this.headersFor(url, options);
    if (typeof body === "string") headers["content-type"] = "application/json";
    try {
      return await this.#transport.send({ method, url, headers, body, signal, background });
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw errorFromFailure(error, url, method === "POST");
    }
  }

  /** Sends a request and refuses every status but 2xx with the error that it stands for. */
  async request(
    method: "GET" | "POST",
    url: string,
    options: RequestOptions & { readonly body?: string | Multipart | undefined } = {},
  ): Promise<TransportResponse> {
    return await this.accept(await this.send(method, url, options));
  }

  /** Gives the answer back if its status is 2xx; else throws the error that the status stands for. */
  async accept(response: TransportResponse): Promise<TransportResponse> {
    if (response.status >= 200 && response.status < 300) return response;
    throw errorFromStatus(response, await this.excerpt(response));
  }

  /** The whole body as text. */
  async text(response: TransportResponse, signal?: AbortSignal): Promise<string> {
    const decoder = new TextDecoder();
    const pieces: string[] = [];
    try {
      await response.read((chunk) => pieces.push(decoder.decode(chunk, { stream: true })));
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw errorFromFailure(error, response.url, true);
    }
    pieces.push(decoder.decode());
    return pieces.join("");
  }

  /** Posts JSON and reads a JSON answer. */
  async postJson(url: string, value: string, options: RequestOptions = {}): Promise<unknown> {
    const response = await this.request("POST", url, { ...options, body: value });
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

  /** Ends every connection; requests that are under way fail. */
  close(): void {
    this.#closed = true;
    this.#transport.close();
  }
}

/** Reads JSON that a server sent. */
export function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProtocolError("INVALID_JSON", `The answer of ${url} is not JSON.`, error);
  }
}

/** What a closed client answers. */
export function closedError(): ConnectionError {
  return new ConnectionError("CLOSED", "The client is closed: connect again to make calls.");
}
