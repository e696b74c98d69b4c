import type { AppConfig } from "../core/config.js";
import { markedFiles, unmarkedFiles } from "../core/file-notation.js";
import { ProtocolError } from "../errors.js";
import type { Requests } from "../io/requests.js";
import { capabilitiesOf, type Capabilities } from "./capabilities.js";
import type { Dialect, Session } from "./dialect.js";
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
  const { protocol, version } = config;
  const { known, capabilities } = capabilitiesOf(config);
  if (!known) {
    tell(`The app speaks "${protocol}", which is newer than this client: trying it as "sse_v3".`);
  }
  if (capabilities.transport === "ws") {
    throw new ProtocolError(
      "UNSUPPORTED_VERSION",
      `The app runs on Gradio ${version || "of an unknown version"} and speaks "${protocol}": Gradio 4.0 or later is needed.`,
    );
  }
  return {
    diffs: capabilities.diffs,
    files: capabilities.files === "marked" ? markedFiles : unmarkedFiles,
    openSession: await sessionsOf(capabilities, config, requests),
  };
}

async function sessionsOf(
  { transport, stop, cancelsWaiting }: Capabilities,
  config: AppConfig,
  requests: Requests,
): Promise<(hash: string) => Session> {
  if (transport === "sse") {
    const { sseSessions } = await import("./sse.js");
    return sseSessions(requests, config);
  }
  if (stop === "cancel") {
    return (hash) =>
      new QueueStreamSession(
        requests,
        hash,
        (session) => new StopByCancel(session, cancelsWaiting),
      );
  }
  const { StopByReset } = await import("./stop-by-reset.js");
  return (hash) =>
    new QueueStreamSession(
      requests,
      hash,
      (session) => new StopByReset(session, config.dependencies),
    );
}
