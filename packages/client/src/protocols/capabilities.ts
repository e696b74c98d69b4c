import type { AppConfig } from "../core/config.js";
import { isAtLeast } from "../core/version.js";

/** What the servers of one time can do, as far as it changes how they are spoken to. */
export interface Capabilities {
  /** How jobs are sent and followed. */
  readonly transport: "ws" | "sse" | "queue-stream";
  /** Whether values of a generator after the first one are edits. */
  readonly diffs: boolean;
  /** How files look in JSON. */
  readonly files: "named" | "unmarked" | "marked";
  /**
   * What stops a job: `/cancel` every running one of its function in the session, `/reset` only that
   * one, and only when it is a generator that has yielded.
   */
  readonly stop: "reset" | "cancel";
  /**
   * Whether the server knows a run by where its iterator lies in memory: the next one of the session
   * may get the place of one that was stopped, and then begins with edits to its last value.
   */
  readonly confusesRuns: boolean;
  /** Whether the text of `gr.Error` stands between Python's quotes. */
  readonly quotesErrors: boolean;
  /** Whether a cancel takes a waiting job out of the queue. */
  readonly cancelsWaiting: boolean;
}

type ByProtocol = Pick<Capabilities, "transport" | "diffs" | "files">;

/** What the name of the protocol tells. */
const protocols = new Map<string, ByProtocol>([
  // 3.x, where `protocol` is missing
  ["ws", { transport: "ws", diffs: false, files: "named" }],
  // 4.0 – 4.8
  ["sse", { transport: "sse", diffs: false, files: "unmarked" }],
  // 4.9 – 4.16
  ["sse_v1", { transport: "queue-stream", diffs: false, files: "unmarked" }],
  // 4.17 – 4.20
  ["sse_v2", { transport: "queue-stream", diffs: true, files: "unmarked" }],
  // 4.21
  ["sse_v2.1", { transport: "queue-stream", diffs: true, files: "marked" }],
  // 4.22 and later
  ["sse_v3", { transport: "queue-stream", diffs: true, files: "marked" }],
]);

/** What an app's server can do, and whether its protocol is one that nobody knows yet. */
export function capabilitiesOf({ protocol, version }: AppConfig): {
  readonly capabilities: Capabilities;
  readonly known: boolean;
} {
  const found = protocols.get(protocol);
  const newest: ByProtocol = { transport: "queue-stream", diffs: true, files: "marked" };
  return {
    known: found !== undefined,
    capabilities: {
      ...(found ?? newest),
      stop: isAtLeast(version, 4, 31) ? "cancel" : "reset",
      confusesRuns: !isAtLeast(version, 6, 31),
      quotesErrors: !isAtLeast(version, 5, 2),
      cancelsWaiting: isAtLeast(version, 6, 14),
    },
  };
}
