import { createParser } from "eventsource-parser";
import type { TransportResponse } from "./platform.js";
import type { SizeLimit } from "./size-limit.js";

/**
 * Reads `text/event-stream`: calls `onData` with the data of every event and its name, in order.
 *
 * Resolves at a clean end of the body; rejects with the transport's error when it is cut off.
 *
 * @param limit how large a single event may be.
 * @param onBytes told of every piece that arrives, whether an event is complete or not.
 */
export async function readEvents(
  response: TransportResponse,
  limit: SizeLimit,
  onData: (data: string, event: string | undefined) => void,
  onBytes?: () => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: ({ data, event }) => {
      limit.reset();
      onData(data, event);
    },
  });
  let held: string[] = [];
  await response.read((chunk) => {
    onBytes?.();
    limit.add(chunk.byteLength);
    const text = decoder.decode(chunk, { stream: true });
    // Held until a line ends, so that one of many megabytes is not searched anew with every piece.
    held.push(text);
    if (!text.includes("\n")) return;
    const lines = held.length === 1 ? text : held.join("");
    held = [];
    parser.feed(lines);
  });
}
