import type { AppConfig } from "../core/config.js";
import { isAtLeast } from "../core/version.js";
import { ProtocolError } from "../errors.js";
import type { Requests } from "../io/requests.js";
import type { Dialect } from "./dialect.js";
import { queueStream } from "./queue-stream.js";

const withoutDiffs = new Set(["sse_v1"]);
const withDiffs = new Set(["sse_v2", "sse_v2.1", "sse_v3"]);
const tooOld = new Set(["ws", "sse"]);

/** The dialect that an app speaks. One that nobody knows yet is tried as the newest. */
export function dialectOf(
  config: AppConfig,
  requests: Requests,
  tell: (message: string) => void,
): Dialect {
  const { protocol, version } = config;
  if (tooOld.has(protocol)) {
    throw new ProtocolError(
      "UNSUPPORTED_VERSION",
      `The app runs on Gradio ${version || "of an unknown version"} and speaks "${protocol}": Gradio 4.16 or later is needed.`,
    );
  }
  if (!withoutDiffs.has(protocol) && !withDiffs.has(protocol)) {
    tell(`The app speaks "${protocol}", which is newer than this client: trying it as "sse_v3".`);
  }
  return queueStream(requests, {
    diffs: !withoutDiffs.has(protocol),
    cancelsWaiting: isAtLeast(version, 6, 14),
  });
}
