import { readApiInfo, type ApiInfo } from "../core/api-info.js";
import type { AppConfig } from "../core/config.js";
import { infoRoute, usualPrefix } from "./head-start.js";
import { loadConfig } from "./load-config.js";
import { parseJson } from "./parse-json.js";
import type { Requests } from "./requests.js";

/** What an app says of itself, and the way to it. */
export interface AppMetadata {
  readonly requests: Requests;
  readonly config: AppConfig;
  readonly info: ApiInfo;
}

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
  found.app.id = config.appId;
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
  const url = requests.root(prefix + infoRoute);
  const response = await requests.request("GET", url, { signal });
  return readApiInfo(parseJson(await requests.text(response, signal), url));
}
