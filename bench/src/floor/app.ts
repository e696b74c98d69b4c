import type { Agent } from "node:http";
import { readJson, send } from "./http.js";

interface Config {
  readonly api_prefix: string;
  readonly dependencies: readonly { readonly id: number; readonly api_name: string }[];
}

interface Info {
  readonly named_endpoints: Readonly<Record<string, unknown>>;
}

/** What an app has said of itself. */
export interface App {
  /** The address of its API routes. */
  readonly api: string;
  readonly endpoints: number;
  indexOf(name: string): number;
}

/** Asks an app for its configuration and its endpoints, at the same time. */
export async function meet(agent: Agent, url: string): Promise<App> {
  const [config, info] = await Promise.all([
    send(agent, `${url}/config`).then(readJson<Config>),
    send(agent, `${url}/gradio_api/info`).then(readJson<Info>),
  ]);
  return {
    api: url + config.api_prefix,
    endpoints: Object.keys(info.named_endpoints).length,
    indexOf: (name) => config.dependencies.find(({ api_name }) => api_name === name)?.id ?? -1,
  };
}
