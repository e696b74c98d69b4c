import type { Fault } from "./fault.js";

const separator = "\n\n";

/**
 * Changes the messages of an event stream.
 *
 * @param edit - given the text of each message (without its blank line) and its place in the stream,
 *   from 0; returns the messages that are sent instead: none loses it, two double it.
 */
export function editMessages(edit: (message: string, index: number) => readonly string[]): Fault {
  return {
    name: "edit messages",
    bend: (wire) => {
      const decoder = new TextDecoder();
      let rest = "";
      let index = 0;
      return {
        write: (chunk) => {
          const parts = (rest + decoder.decode(chunk, { stream: true })).split(separator);
          rest = parts.pop() ?? "";
          const sent = parts.flatMap((part) => edit(part, index++));
          if (sent.length === 0) wire.head();
          else wire.write(Buffer.from(sent.map((text) => text + separator).join("")));
        },
        end: () => {
          if (rest !== "") wire.write(Buffer.from(rest));
          wire.end();
        },
      };
    },
  };
}

/** Sends every message of an event stream twice. */
export function duplicateMessages(): Fault {
  return { ...editMessages((message) => [message, message]), name: "duplicate messages" };
}

/** Breaks the JSON of one message of an event stream. */
export function garbleMessage(place: number): Fault {
  const edit = (message: string, index: number): string[] => [
    index === place ? message.slice(0, Math.ceil(message.length / 2)) : message,
  ];
  return { ...editMessages(edit), name: "garble message" };
}

/** Sends a message that the server did not send, before the one at this place. */
export function inventMessage(place: number, invented: unknown): Fault {
  const text = `data: ${JSON.stringify(invented)}`;
  const edit = (message: string, index: number): string[] =>
    index === place ? [text, message] : [message];
  return { ...editMessages(edit), name: "invent message" };
}
