import { readConfig, type AppConfig } from "../core/config.js";
import { isObject } from "../core/json.js";
import { AuthenticationError, ConnectionError } from "../errors.js";
import { configRoute } from "./head-start.js";
import type { TransportResponse } from "./platform.js";
import { parseJson } from "./parse-json.js";
import type { Requests } from "./requests.js";

/** The config of an app, and the address at which it was found. */
export interface FoundConfig {
  readonly config: AppConfig;
  readonly base: string;
}

/** Statuses that say something of the way to the app, not of the app. */
const passing = new Set([401, 429, 502, 503, 504]);
/** What every config has at least one of, whatever its version. */
const signs = ["version", "components", "dependencies", "protocol", "allow_flagging"];

/**
 * Asks an app for its config: at `/config`, and where there is none in its page, as very old apps have
 * it.
 *
 * @throws ConnectionError `NOT_A_GRADIO_APP` when it is none; ProtocolError when its config cannot be
 *   used, with the place of what is wrong.
 */
export async function loadConfig(requests: Requests, signal: AbortSignal): Promise<FoundConfig> {
  const url = requests.root(configRoute);
  const response = await requests.send("GET", url, { signal });
  const { status } = response;
  if (passing.has(status)) await requests.accept(response);
  const usable = status >= 200 && status < 300;
  const text = usable ? await requests.text(response, signal) : "";
  if (text.trimStart().startsWith("{")) {
    return { config: read(text, url, requests.base), base: rootOf(response.url, requests.base) };
  }
  const found = await loadPage(requests, signal);
  if (found === undefined && !usable && status !== 404) await requests.accept(response);
  response.discard();
  if (found !== undefined) return found;
  throw notGradio(requests.base, usable ? "it answers no JSON" : "it answers 404");
}

async function loadPage(requests: Requests, signal: AbortSignal): Promise<FoundConfig | undefined> {
  let page: TransportResponse;
  try {
    page = await requests.request("GET", requests.base, { signal });
  } catch {
    signal.throwIfAborted();
    // There is no page either: what `/config` answered tells more.
    return undefined;
  }
  const { findPageConfig } = await import("../core/page-config.js");
  const text = findPageConfig(await requests.text(page, signal));
  if (text === undefined) return undefined;
  const config = read(text, requests.base, requests.base);
  return { config, base: page.url.replace(/[^/]*(?:[?#].*)?$/s, "") };
}

function read(text: string, url: string, base: string): AppConfig {
  const raw = parseJson(text, url);
  if (!isObject(raw) || !signs.some((sign) => Object.hasOwn(raw, sign))) {
    throw notGradio(base, "its answer is not the config of an app");
  }
  if (raw["auth_required"] === true) {
    throw new AuthenticationError(
      "LOGIN_REQUIRED",
      "The app asks for a login: its username and password are needed.",
    );
  }
  return readConfig(raw, text);
}

/** The root of the app that answered: a redirect (to https, to a sub-path) leads all later calls. */
function rootOf(url: string, base: string): string {
  const answered = /^([^?#]*\/)config\/?(?:[?#]|$)/.exec(url)?.[1];
  return answered ?? base;
}

function notGradio(base: string, why: string): ConnectionError {
  return new ConnectionError(
    "NOT_A_GRADIO_APP",
    `There is no Gradio app at ${base}: ${why}. Is a sub-path missing?`,
  );
}
