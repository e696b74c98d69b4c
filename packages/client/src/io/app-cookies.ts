import type { CookieStore } from "./cookies.js";
import type { Credentials } from "./credentials.js";
import type { TransportResponse } from "./platform.js";

/**
 * The cookies of an app: its login, and the ones by which a proxy finds the same replica again. What
 * keeps them is loaded with the first one. Browsers keep cookies themselves and show none.
 */
export class AppCookies implements Credentials {
  #loading: Promise<void> | undefined;
  #store: CookieStore | undefined;

  /** Adds cookies that the caller has for the app at this address. */
  async add(url: string, cookies: Readonly<Record<string, string>>): Promise<void> {
    const store = await this.#load();
    store.add(url, cookies);
  }

  async learn({ url, setCookies = [] }: TransportResponse): Promise<void> {
    const store = await this.#load();
    store.learn(url, setCookies);
  }

  headersFor(url: string): Readonly<Record<string, string>> | undefined {
    const cookie = this.#store?.headerFor(url);
    return cookie === undefined ? undefined : { cookie };
  }

  secrets(): readonly string[] {
    return this.#store?.values() ?? [];
  }

  async #load(): Promise<CookieStore> {
    this.#loading ??= import("./cookies.js").then((loaded) => {
      this.#store = new loaded.CookieStore();
    });
    await this.#loading;
    return this.#store as CookieStore;
  }
}
