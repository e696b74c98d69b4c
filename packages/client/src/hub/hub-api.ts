import { isObject, type JsonObject } from "../core/json.js";
import { baseUrl } from "../core/source.js";
import { InputError } from "../errors.js";
import type { Platform, Transport } from "../io/platform.js";
import { parseJson } from "../io/parse-json.js";
import { Requests } from "../io/requests.js";
import { hubError } from "./hub-error.js";
import { isSafe, type Token } from "./token.js";

/** Where the Hub is, unless `HF_ENDPOINT` says otherwise. */
const defaultHub = "https://huggingface.co";

/** The Hub's address, with a slash at the end. */
export function hubAddress(platform: Platform): string {
  const given = platform.environment("HF_ENDPOINT") || defaultHub;
  if (/^https?:/i.test(given) && URL.canParse(given)) return baseUrl(new URL(given));
  throw new InputError("INVALID_OPTION", "HF_ENDPOINT: it must be an http(s) address.");
}

/** The Hub's API, asked in the name of a token's owner where there is a token. */
export class HubApi {
  /** Its address, with a slash at the end. */
  readonly url: string;
  /** The token that goes along; `undefined` also where it would go in the clear. */
  readonly token: Token | undefined;
  readonly #requests: Requests;

  constructor(transport: Transport, url: string, token: Token | undefined) {
    this.url = url;
    this.token = isSafe(url) ? token : undefined;
    const headers: Record<string, string> =
      this.token === undefined ? {} : { authorization: `Bearer ${this.token.value}` };
    this.#requests = new Requests(transport, url, headers);
  }

  /** The page of a Space, for messages. */
  page(id: string): string {
    return `${this.url}spaces/${id}`;
  }

  /** @param subject the Space that it is about, for messages. */
  async get(path: string, subject: string, signal: AbortSignal): Promise<JsonObject> {
    return await this.#ask("GET", path, subject, signal);
  }

  async post(
    path: string,
    subject: string,
    body: JsonObject,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    return await this.#ask("POST", path, subject, signal, JSON.stringify(body));
  }

  async #ask(
    method: "GET" | "POST",
    path: string,
    subject: string,
    signal: AbortSignal,
    body?: string,
  ): Promise<JsonObject> {
    const url = this.#requests.root(path);
    try {
      const response = await this.#requests.request(method, url, { signal, body });
      const text = await this.#requests.text(response, signal);
      const answer = text === "" ? {} : parseJson(text, url);
      return isObject(answer) ? answer : {};
    } catch (error) {
      if (signal.aborted) throw error;
      throw hubError(error, subject, this);
    }
  }
}
