import { select } from "@clack/prompts";
import type { EndpointInfo } from "@gradio-kit/client";
import { printable } from "../screen/printable.js";
import { answered, asking } from "./terminal.js";

/** Which endpoint is meant, of an app that has several. */
export async function askEndpoint(
  endpoints: readonly EndpointInfo[],
  signal: AbortSignal,
): Promise<EndpointInfo> {
  const at = answered(
    await select({
      message: "Which endpoint?",
      options: endpoints.map(({ apiName, fnIndex, description }, value) => ({
        value,
        label: printable(apiName ?? String(fnIndex)),
        hint: printable(description?.split("\n")[0] ?? ""),
      })),
      maxItems: 12,
      ...asking(signal),
    }),
  );
  return endpoints[at] as EndpointInfo;
}
