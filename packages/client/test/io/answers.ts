import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { TransportResponse } from "../../src/io/platform.js";
import { NodeResponse } from "../../src/platform/node/response.js";
import { FetchResponse } from "../../src/platform/web/response.js";

const url = "http://app.example/";

/** An answer of `fetch` whose body comes in these pieces. */
export function fetchedAnswer(pieces: readonly Uint8Array[]): TransportResponse {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
  return new FetchResponse(new Response(body), url, new AbortController().signal, undefined);
}

/** An answer of `node:http` whose body comes in these pieces. */
export function nodeAnswer(pieces: readonly Uint8Array[]): TransportResponse {
  const incoming = new IncomingMessage(new Socket());
  incoming.statusCode = 200;
  incoming.complete = true;
  for (const piece of pieces) incoming.push(piece);
  incoming.push(null);
  return new NodeResponse(incoming, url);
}
