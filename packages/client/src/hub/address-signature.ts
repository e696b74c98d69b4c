import { asNumber, asString, isObject } from "../core/json.js";
import type { AddressSigner } from "../io/result-files.js";
import type { HubApi } from "./hub-api.js";

/**
 * Signs the addresses of a private Space's files, for `<img>` and its kin, which send no headers.
 * What it adds opens the Space to whoever has the address, until it ends; it is never sent anywhere
 * else, and never logged.
 */
export class AddressSignature implements AddressSigner {
  readonly #hub: HubApi;
  readonly #id: string;
  readonly #origin: string;
  #token: string | undefined;
  /** When to ask for a new one: an address handed out is to be good for a while. */
  #renewAt = 0;
  #renewing: Promise<void> | undefined;

  constructor(hub: HubApi, id: string, host: string) {
    this.#hub = hub;
    this.#id = id;
    this.#origin = new URL(host).origin;
  }

  sign(url: string): string {
    if (this.#token === undefined || new URL(url).origin !== this.#origin) return url;
    return `${url}${url.includes("?") ? "&" : "?"}__sign=${this.#token}`;
  }

  async refresh(signal: AbortSignal): Promise<void> {
    if (Date.now() < this.#renewAt) return;
    this.#renewing ??= this.#renew(signal).finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  async #renew(signal: AbortSignal): Promise<void> {
    try {
      const { token } = await this.#hub.get(`/api/spaces/${this.#id}/jwt`, this.#id, signal);
      this.#token = asString(token);
      this.#renewAt = halfLife(this.#token ?? "");
    } catch {
      // Calls and downloads do without it; the next call asks again.
    }
  }
}

/** Half of the time that a token is good for, from now; at once for one that does not say it. */
function halfLife(token: string): number {
  const now = Date.now();
  try {
    const body = token.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/")));
    const ends = isObject(claims) ? asNumber(claims["exp"]) : undefined;
    return ends === undefined ? now : now + (ends * 1000 - now) / 2;
  } catch {
    // Not the form that is known: it is asked for anew with every call.
    return now;
  }
}
