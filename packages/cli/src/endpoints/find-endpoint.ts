import type { Client, EndpointInfo } from "@gradio-kit/client";
import { canAsk } from "../questions/terminal.js";

/**
 * The endpoint that was asked for by name, with or without its slash, or by number; without either
 * the only one that the app lists. Of several a person at a terminal is asked which.
 *
 * @throws InputError as a call would, with the names there are.
 */
export async function findEndpoint(
  client: Client,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<EndpointInfo> {
  const { endpoints } = client;
  if (wanted === undefined) {
    const listed = endpoints.filter(({ visibility }) => visibility === "public");
    if (listed.length === 1 && listed[0] !== undefined) return listed[0];
    if (listed.length > 1 && canAsk()) {
      const { askEndpoint } = await import("../questions/endpoint.js");
      return await askEndpoint(listed, signal);
    }
  }
  const found = endpoints.find(({ apiName, fnIndex }) =>
    wanted !== undefined && isNumber(wanted)
      ? fnIndex === Number(wanted)
      : apiName === withSlash(wanted ?? ""),
  );
  if (found) return found;
  // The client's own refusal names what there is and what was probably meant.
  const job = wanted === undefined ? client.submit() : client.submit(keyOf(wanted));
  await job.cancel();
  throw new Error(`The app does not describe ${wanted ?? "its endpoint"}.`);
}

/** How a call names an endpoint. */
function keyOf(wanted: string): string | number {
  return isNumber(wanted) ? Number(wanted) : withSlash(wanted);
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);
const withSlash = (name: string): string => `/${name.replace(/^\//, "")}`;
