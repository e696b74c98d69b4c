import { readApiInfo, type ApiInfo } from "../core/api-info.js";
import { readConfig, type AppConfig } from "../core/config.js";
import { ConnectionError, ProtocolError } from "../errors.js";
import { parseJson, type Requests } from "./requests.js";

/** What an app says of itself, and the way to it. */
export interface AppMetadata {
  readonly requests: Requests;
  readonly config: AppConfig;
  readonly info: ApiInfo;
}

/** Where the API lives since Gradio 5: asked at once, without waiting for the config to say so. */
const usualPrefix = "/gradio_api";

/**
 * Asks an app for its config and its API description, both at the same time.
 *
 * The config decides whether there is an app at all. An app whose description cannot be read can
 * still be called: `tell` is told, and the config has to serve.
 */
export async function loadApp(
  requests: Requests,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<AppMetadata> {
  const early = loadInfo(requests, usualPrefix, signal).catch(
    (error: unknown) => new Failed(error),
  );
  const { config, base } = await loadConfig(requests, signal);
  const found = base === requests.base ? requests : requests.at(base);
  found.prefix = config.apiPrefix;
  let info = await (config.apiPrefix === usualPrefix
    ? early
    : loadInfo(found, config.apiPrefix, signal).catch((error: unknown) => new Failed(error)));
  if (info instanceof Failed) {
    signal.throwIfAborted();
    tell(`The app does not describe its API (${info.reason}): names of inputs may be missing.`);
    info = readApiInfo(undefined);
  }
  return { requests: found, config, info };
}

class Failed {
  readonly reason: string;

  constructor(error: unknown) {
    this.reason = error instanceof Error ? error.message : String(error);
  }
}

async function loadInfo(requests: Requests, prefix: string, signal: AbortSignal): Promise<ApiInfo> {
  const url = requests.root(`${prefix}/info?all_endpoints=true`);
  const response = await requests.request("GET", url, { signal });
  return readApiInfo(parseJson(await requests.text(response, signal), url));
}

async function loadConfig(
  requests: Requests,
  signal: AbortSignal,
): Promise<{ config: AppConfig; base: string }> {
  const url = requests.root("/config");
  const response = await requests.send("GET", url, { signal });
  if (response.status === 404) {
    response.discard();
    throw notGradio(requests.base, "it answers 404");
  }
  const accepted = await requests.accept(response);
  const isJson = accepted.header("content-type")?.includes("json") === true;
  const text = await requests.text(accepted, signal);
  if (!isJson && !text.startsWith("{")) throw notGradio(requests.base, "it answers no JSON");
  const raw = parseJson(text, url);
  try {
    return { config: readConfig(raw, text), base: baseOf(accepted.url, requests.base) };
  } catch (error) {
    if (error instanceof ProtocolError && error.code === "UNEXPECTED_MESSAGE") {
      throw notGradio(requests.base, "its answer is not the config of an app", error);
    }
    throw error;
  }
}

/** The root of the app that answered: a redirect (to https, to a sub-path) leads all later calls. */
function baseOf(url: string, base: string): string {
  const answered = /^([^?#]*\/)config\/?(?:[?#]|$)/.exec(url)?.[1];
  return answered ?? base;
}

function notGradio(base: string, why: string, cause?: unknown): ConnectionError {
  return new ConnectionError(
    "NOT_A_GRADIO_APP",
    `There is no Gradio app at ${base}: ${why}. Is a sub-path missing?`,
    { cause },
  );
}
