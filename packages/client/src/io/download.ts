import { parseDataUrl } from "../core/data-url.js";
import type { GradioFile } from "../core/gradio-file.js";
import type { TransferOptions } from "../core/transfer.js";
import { ConnectionError, ProtocolError } from "../errors.js";
import type { TransportResponse } from "./platform.js";
import { Progress } from "./progress.js";
import type { Requests } from "./requests.js";
import type { RequestOptions } from "./traffic.js";

/**
 * Fetches the content of a result file, piece by piece.
 *
 * @throws ConnectionError, HttpError; the signal's reason.
 */
export async function* download(
  requests: Requests,
  file: GradioFile,
  options: RequestOptions,
  onProgress: TransferOptions["onProgress"],
): AsyncGenerator<Uint8Array, void, undefined> {
  if (file.url.startsWith("data:")) {
    yield contentOf(file.url);
    return;
  }
  const response = await requests.request("GET", file.url, options);
  const length = lengthOf(response);
  const progress = new Progress(onProgress, length);
  for await (const chunk of received(requests, response, length, options.signal)) {
    progress.add(chunk.byteLength);
    yield chunk;
  }
  progress.end();
}

/** The content of a file that came with the result, as images do before Gradio 4. */
function contentOf(url: string): Uint8Array {
  const data = parseDataUrl(url);
  if (data !== undefined) return data.bytes;
  throw new ProtocolError("UNEXPECTED_MESSAGE", "A file in the result cannot be decoded.");
}

/** The body of an answer, held to the length that the server announced. */
async function* received(
  requests: Requests,
  response: TransportResponse,
  length: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let loaded = 0;
  try {
    for await (const chunk of response.stream()) {
      loaded += chunk.byteLength;
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw requests.failure(error, response.url, false);
  }
  if (length !== undefined && loaded < length) {
    throw new ConnectionError(
      "CONNECTION_LOST",
      `The download broke off: ${loaded} of ${length} bytes came from ${new URL(response.url).pathname}.`,
      { retryable: true },
    );
  }
}

/** Bytes of the body; a compressed one has another length than what is read of it. */
function lengthOf(response: TransportResponse): number | undefined {
  const length = response.header("content-length");
  const encoding = response.header("content-encoding") ?? "identity";
  return length === null || encoding !== "identity" ? undefined : Number(length);
}
