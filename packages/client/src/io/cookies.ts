import { parseSetCookie, type Cookie } from "set-cookie-parser";
import { isSamePlace } from "./credentials.js";

/** Most cookies that are kept of those that servers set: the oldest makes room, as in browsers. */
const mostLearned = 200;
/** Most characters of such a cookie, as in browsers: a larger one is not kept. */
const longest = 4096;

interface StoredCookie {
  readonly name: string;
  readonly value: string;
  /** The address that set it. */
  readonly from: string;
  readonly path: string;
  readonly secure: boolean;
  /** In milliseconds since 1970; `Infinity`: with the client. */
  readonly expires: number;
  /** Whether the caller brought it. */
  readonly given?: true;
}

/**
 * The cookies of one app. A cookie goes to the origin that set it (and to its `https` twin) and to
 * nobody else, whatever domain it names; `Secure` ones only over `https`.
 */
export class CookieStore {
  readonly #cookies = new Map<string, StoredCookie>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes the `Set-Cookie` headers of an answer. */
  learn(url: string, setCookies: readonly string[]): void {
    for (const cookie of parseSetCookie(setCookies, { decodeValues: false })) {
      if (cookie.name.length + cookie.value.length > longest) continue;
      this.#keep(stored(cookie, url, this.#now()));
    }
    const learned = [...this.#cookies].filter(([, { given }]) => given === undefined);
    for (const [key] of learned.slice(0, -mostLearned)) this.#cookies.delete(key);
  }

  /** Takes cookies that the caller has for an app. */
  add(url: string, cookies: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(cookies)) {
      this.#keep({
        name,
        value,
        from: url,
        path: "/",
        secure: false,
        expires: Infinity,
        given: true,
      });
    }
  }

  /** The `Cookie` header for an address; `undefined` when there is nothing to send. */
  headerFor(url: string): string | undefined {
    const { protocol, pathname } = new URL(url);
    const pairs = this.#current()
      .filter((cookie) => isSamePlace(cookie.from, url))
      .filter(({ secure }) => !secure || protocol === "https:")
      .filter(({ path }) => isBelow(pathname, path))
      .toSorted((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`);
    return pairs.length === 0 ? undefined : pairs.join("; ");
  }

  values(): string[] {
    return this.#current().map(({ value }) => value);
  }

  #current(): StoredCookie[] {
    const now = this.#now();
    return [...this.#cookies.values()].filter(({ expires }) => expires > now);
  }

  /** One that has ended already is how a server takes a cookie back. */
  #keep(cookie: StoredCookie): void {
    const { hostname } = new URL(cookie.from);
    const key = `${hostname} ${cookie.path} ${cookie.name}`;
    this.#cookies.delete(key);
    if (cookie.expires > this.#now()) this.#cookies.set(key, cookie);
  }
}

function stored(cookie: Cookie, from: string, now: number): StoredCookie {
  const { name, value, path, secure = false, maxAge, expires } = cookie;
  return {
    name,
    value,
    from,
    path: path?.startsWith("/") === true ? path : folderOf(from),
    secure,
    expires: Number.isFinite(maxAge)
      ? now + Number(maxAge) * 1000
      : (expires?.getTime() ?? Infinity),
  };
}

/** Where a cookie without a path is for: beside the address that set it (RFC 6265, 5.1.4). */
function folderOf(url: string): string {
  return new URL(url).pathname.replace(/\/[^/]*$/, "") || "/";
}

function isBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}
