import type { Client } from "@gradio-kit/client";
import { listedEndpoints } from "../endpoints/listed-endpoints.js";
import { parameterComponents } from "../endpoints/parameter-component.js";
import { appFile } from "./app-file.js";
import type { DescribedEndpoint } from "./endpoint-type.js";

/** The file of an app that is connected. Of two endpoints of one name calls reach the first. */
export function describeApp(client: Client, all: boolean | undefined): string {
  const endpoints = new Map<string, DescribedEndpoint>();
  for (const info of listedEndpoints(client, all).listed) {
    const key = info.apiName ?? String(info.fnIndex);
    if (endpoints.has(key)) continue;
    endpoints.set(key, { key, info, components: parameterComponents(client, info) });
  }
  const { config, spaceId, src } = client;
  const about = [config.title, spaceId ?? src, `Gradio ${config.version}`].filter(Boolean);
  return appFile(about.join(" · "), [...endpoints.values()]);
}
