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
  const parser = createParser({
    onEvent: ({ data, event }) => {
      limit.reset();
      onData(data, event);
    },
  });
  await response.read((text, bytes) => {
    onBytes?.();
    limit.add(bytes);
    parser.feed(text);
  });
}
