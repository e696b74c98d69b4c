import type { AppConfig } from "../core/config.js";
import { markedFiles, unmarkedFiles } from "../core/file-notation.js";
import { ProtocolError } from "../errors.js";
import type { Requests } from "../io/requests.js";
import { capabilitiesOf } from "./capabilities.js";
import type { Dialect } from "./dialect.js";
import { QueueStreamSession } from "./queue-stream.js";
import { StopByCancel } from "./stop-by-cancel.js";

/**
 * The dialect that an app speaks; old ones are loaded when an app speaks them. One that nobody knows
 * yet is tried as the newest.
 */
export async function dialectOf(
  config: AppConfig,
  requests: Requests,
  tell: (message: string) => void,
): Promise<Dialect> {
  const { protocol, version, dependencies } = config;
  const { known, capabilities } = capabilitiesOf(config);
  if (!known) {
    tell(`The app speaks "${protocol}", which is newer than this client: trying it as "sse_v3".`);
  }
  if (capabilities.transport !== "queue-stream") {
    throw new ProtocolError(
      "UNSUPPORTED_VERSION",
      `The app runs on Gradio ${version || "of an unknown version"} and speaks "${protocol}": Gradio 4.16 or later is needed.`,
    );
  }
  const { diffs, cancelsWaiting } = capabilities;
  const files = capabilities.files === "marked" ? markedFiles : unmarkedFiles;
  if (capabilities.stop === "cancel") {
    return {
      diffs,
      files,
      openSession: (hash) =>
        new QueueStreamSession(
          requests,
          hash,
          (session) => new StopByCancel(session, cancelsWaiting),
        ),
    };
  }
  const { StopByReset } = await import("./stop-by-reset.js");
  return {
    diffs,
    files,
    openSession: (hash) =>
      new QueueStreamSession(requests, hash, (session) => new StopByReset(session, dependencies)),
  };
}
