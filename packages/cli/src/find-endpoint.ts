import type { Client, EndpointInfo } from "@gradio-kit/client";

/**
 * The endpoint that was asked for by name, with or without its slash, or by number; without either
 * the only one that the app lists.
 *
 * @throws InputError as a call would, with the names there are.
 */
export async function findEndpoint(
  client: Client,
  wanted: string | undefined,
): Promise<EndpointInfo> {
  const { endpoints } = client;
  const listed = endpoints.filter(({ visibility }) => visibility === "public");
  const found =
    wanted === undefined
      ? listed.length === 1 && listed[0]
      : endpoints.find(({ apiName, fnIndex }) =>
          isNumber(wanted) ? fnIndex === Number(wanted) : apiName === withSlash(wanted),
        );
  if (found) return found;
  // The client's own refusal names what there is and what was probably meant.
  const job = wanted === undefined ? client.submit() : client.submit(keyOf(wanted));
  await job.cancel();
  throw new Error(`The app does not describe ${wanted ?? "its endpoint"}.`);
}

/** How a call names an endpoint. */
export function keyOf(wanted: string): string | number {
  return isNumber(wanted) ? Number(wanted) : withSlash(wanted);
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);
const withSlash = (name: string): string => `/${name.replace(/^\//, "")}`;
