import { AppCookies } from "./io/app-cookies.js";
import type { Platform } from "./io/platform.js";
import type { Access } from "./io/requests.js";
import { secretsInUrl } from "./io/secrets.js";
import type { ClientOptions } from "./options.js";
import { readCookies } from "./read-cookies.js";

const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/**
 * Reads what the options say about how a client proves who it is. The function that is returned makes
 * it ready for the app at an address; nothing is sent by that.
 *
 * @throws InputError `INVALID_OPTION` when an option is wrong.
 */
export function readAccess(
  { auth, http = {} }: ClientOptions,
  platform: Platform,
): (url: string) => Promise<Access> {
  const cookies = readCookies(http.cookies);
  return async (url) => {
    const store = new AppCookies();
    if (Object.keys(cookies).length > 0) await store.add(url, cookies);
    return {
      credentials: [store],
      login: auth === undefined ? undefined : await makeLogin(auth),
      timeout: http.timeout,
      secrets: proxies(http.proxy, platform).flatMap(secretsInUrl),
    };
  };
}

async function makeLogin(auth: readonly [string, string]): Promise<Access["login"]> {
  const { Login } = await import("./io/login.js");
  return new Login(auth);
}

/** The proxies that requests may go through. */
function proxies(option: string | URL | false | undefined, platform: Platform): string[] {
  if (option === false) return [];
  if (option !== undefined) return [String(option)];
  return [...proxyVariables, ...proxyVariables.map((name) => name.toLowerCase())].map(
    (name) => platform.environment(name) ?? "",
  );
}
