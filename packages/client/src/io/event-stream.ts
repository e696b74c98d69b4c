import { createParser } from "eventsource-parser";
import type { TransportResponse } from "./platform.js";
import type { SizeLimit } from "./size-limit.js";

/** Who is told what an event stream says. */
export interface EventListener {
  /** The data of an event, and its name. */
  event(data: string, name: string | undefined): void;
  /** A piece has arrived, whether an event is complete or not. */
  bytes?(): void;
}

/**
 * Reads answers in `text/event-stream`, one after another: hands on every event, in order. What it
 * gives resolves at a clean end of the body, and rejects with the transport's error when it is cut off.
 *
 * @param limit how large a single event may be.
 */
export function createEventReader(
  limit: SizeLimit,
  listener: EventListener,
): (response: TransportResponse) => Promise<void> {
  const parser = createParser({
    onEvent: ({ data, event }) => {
      limit.reset();
      listener.event(data, event);
    },
  });
  const take = (text: string, bytes: number): void => {
    listener.bytes?.();
    limit.add(bytes);
    parser.feed(text);
  };
  return (response) => {
    parser.reset();
    limit.reset();
    return response.read(take);
  };
}
