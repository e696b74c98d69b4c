import { connectRows } from "./connect-rows.js";
import type { FaultRow } from "./fault-row.js";
import { joinRows } from "./join-rows.js";
import { restartRows } from "./restart-rows.js";
import { streamRows } from "./stream-rows.js";
import { transferRows } from "./transfer-rows.js";

/** Every fault that there is a test for: the one source of the tests and of docs/reliability.md. */
export const faultTable: readonly {
  readonly title: string;
  readonly rows: readonly Pick<FaultRow, "fault" | "seen">[];
}[] = [
  { title: "Reaching the app", rows: connectRows },
  { title: "Sending a call", rows: joinRows },
  { title: "The event stream", rows: streamRows },
  { title: "Restarts", rows: restartRows },
  { title: "Messages and files on their way", rows: transferRows },
];
