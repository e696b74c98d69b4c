/** A message of an event stream, as far as these programs read it. */
export interface Message {
  readonly msg: string;
  readonly event_id: string | null;
  readonly success?: boolean;
  readonly output?: { readonly data?: readonly unknown[] };
}

/** The message that a line of an event stream carries; the lines between messages are empty. */
export function messageOf(line: string): Message | undefined {
  return line === "" ? undefined : (JSON.parse(line.slice("data:".length)) as Message);
}
