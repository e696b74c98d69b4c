import { asString, isObject } from "../core/json.js";
import { baseUrl } from "../core/source.js";
import { AuthenticationError, ConnectionError, HttpError, SpaceError } from "../errors.js";
import { parseJson, Requests } from "../io/requests.js";
import type { Transport } from "../io/platform.js";

/** Where the Hub is, unless `HF_ENDPOINT` says otherwise. */
export const defaultHub = "https://huggingface.co";

/**
 * Asks the Hub where a Space runs. A host name is never computed: long and private names differ.
 *
 * @throws SpaceError when there is no such Space, or it is private.
 */
export async function findSpace(
  transport: Transport,
  hub: string,
  id: string,
  signal: AbortSignal,
): Promise<string> {
  const hubBase = baseUrl(new URL(hub));
  const requests = new Requests(transport, hubBase, {});
  const page = `${hubBase}spaces/${id}`;
  const url = requests.root(`/api/spaces/${id}/host`);
  let answer: unknown;
  try {
    const response = await requests.request("GET", url, { signal });
    answer = parseJson(await requests.text(response, signal), url);
  } catch (error) {
    // The Hub does not tell a private Space from one that does not exist.
    if (isRefusal(error)) {
      throw new SpaceError(`The Space "${id}" does not exist, or it is private.`, {
        url: page,
        cause: error,
      });
    }
    if (error instanceof ConnectionError && error.code === "UNREACHABLE") {
      throw new ConnectionError(
        "UNREACHABLE",
        `The Hub at ${hubBase} does not answer, so the Space "${id}" cannot be found. For an app elsewhere pass its address.`,
        { cause: error, retryable: true },
      );
    }
    throw error;
  }
  const host = isObject(answer) ? asString(answer["host"]) : undefined;
  if (host === undefined || !URL.canParse(host)) {
    throw new SpaceError(`The Hub does not say where the Space "${id}" runs.`, { url: page });
  }
  return baseUrl(new URL(host));
}

function isRefusal(error: unknown): boolean {
  return (
    (error instanceof HttpError && error.status === 404) || error instanceof AuthenticationError
  );
}
