import { AppCookies } from "./io/app-cookies.js";
import type { Access } from "./io/app-access.js";
import type { Transport } from "./io/platform.js";
import type { ClientOptions } from "./options.js";

/**
 * Reads what the options say about how a client proves who it is. The function that is returned makes
 * it ready for the app at an address; nothing is sent by that.
 *
 * @throws InputError `INVALID_OPTION` when an option is wrong.
 */
export async function readAccess(
  { auth, http = {} }: ClientOptions,
  transport: Pick<Transport, "addressesOf">,
): Promise<(url: string) => Promise<Access>> {
  const cookies = await parseCookies(http.cookies);
  const limit = await makeLimit(http.timeout);
  const admit = async (from: string, to: string): Promise<void> => {
    const { refusePrivate } = await import("./io/private-address.js");
    await refusePrivate(from, to, transport);
  };
  return async (url) => {
    const store = new AppCookies();
    if (cookies !== undefined) await store.add(url, cookies);
    return {
      credentials: [store],
      login: auth === undefined ? undefined : await makeLogin(auth),
      limit,
      maxResponseSize: http.maxResponseSize,
      admit: http.allowPrivateAddresses === true ? undefined : admit,
    };
  };
}

async function parseCookies(
  option: string | Readonly<Record<string, string>> | undefined,
): Promise<Record<string, string> | undefined> {
  if (option === undefined) return undefined;
  const { readCookies } = await import("./read-cookies.js");
  return readCookies(option);
}

async function makeLimit(timeout: number | undefined): Promise<Access["limit"]> {
  if (timeout === undefined) return undefined;
  const { AnswerLimit } = await import("./io/answer-limit.js");
  return (where) => new AnswerLimit(timeout, where);
}

async function makeLogin(auth: readonly [string, string]): Promise<Access["login"]> {
  const { Login } = await import("./io/login.js");
  return new Login(auth);
}
