import { createParser } from "eventsource-parser";
import type { TransportResponse } from "./platform.js";
import type { SizeLimit } from "./size-limit.js";

/** Who is told what an event stream says. */
export interface EventReader {
  /** The data of an event, and its name. */
  event(data: string, name: string | undefined): void;
  /** A piece has arrived, whether an event is complete or not. */
  bytes?(): void;
}

/**
 * Reads `text/event-stream`: hands on every event, in order.
 *
 * Resolves at a clean end of the body; rejects with the transport's error when it is cut off.
 *
 * @param limit how large a single event may be.
 */
export function readEvents(
  response: TransportResponse,
  limit: SizeLimit,
  reader: EventReader,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ data, event }) => {
      limit.reset();
      reader.event(data, event);
    },
  });
  return response.read((text, bytes) => {
    reader.bytes?.();
    limit.add(bytes);
    parser.feed(text);
  });
}
