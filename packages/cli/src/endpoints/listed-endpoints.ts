import type { Client, EndpointInfo } from "@gradio-kit/client";

/** The endpoints to show, and how many are left out. */
export interface Listed {
  readonly listed: readonly EndpointInfo[];
  readonly others: number;
}

/**
 * Those that the app lists; those without a name (Gradio 3) only where none has one.
 *
 * @param all everything that can be called.
 */
export function listedEndpoints({ endpoints }: Client, all = false): Listed {
  if (all) return { listed: endpoints, others: 0 };
  const open = endpoints.filter(({ visibility }) => visibility === "public");
  const named = open.filter(({ apiName }) => apiName !== undefined);
  const listed = named.length > 0 ? named : open;
  return { listed, others: endpoints.length - listed.length };
}
