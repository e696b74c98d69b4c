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

/** Reads answers in `text/event-stream`, one after another: hands on every event, in order. */
export class EventReader {
  readonly #limit: SizeLimit;
  readonly #parser: ReturnType<typeof createParser>;
  readonly #take: (text: string, bytes: number) => void;

  /** @param limit how large a single event may be. */
  constructor(limit: SizeLimit, listener: EventListener) {
    this.#limit = limit;
    const parser = createParser({
      onEvent: ({ data, event }) => {
        limit.reset();
        listener.event(data, event);
      },
    });
    this.#parser = parser;
    this.#take = (text, bytes) => {
      listener.bytes?.();
      limit.add(bytes);
      parser.feed(text);
    };
  }

  /** Resolves at a clean end of the body; rejects with the transport's error when it is cut off. */
  read(response: TransportResponse): Promise<void> {
    this.#parser.reset();
    this.#limit.reset();
    return response.read(this.#take);
  }
}
