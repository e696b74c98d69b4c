import { createParser } from "eventsource-parser";
import type { TransportResponse } from "./platform.js";

/**
 * Reads `text/event-stream`: calls `onData` with the data of every event, in order.
 *
 * Resolves at a clean end of the body; rejects with the transport's error when it is cut off.
 * Pieces without a line end are collected before they are parsed, so that a line of many megabytes
 * is not searched anew with every piece.
 */
export async function readEvents(
  response: TransportResponse,
  onData: (data: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: (event) => onData(event.data) });
  let held: string[] = [];
  await response.read((chunk) => {
    const text = decoder.decode(chunk, { stream: true });
    held.push(text);
    if (!text.includes("\n")) return;
    const lines = held.length === 1 ? text : held.join("");
    held = [];
    parser.feed(lines);
  });
}
