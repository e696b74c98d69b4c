import type { AppConfig } from "../core/config.js";
import { markedFiles, unmarkedFiles } from "../core/file-notation.js";
import type { Requests } from "../io/requests.js";
import { capabilitiesOf, type Capabilities } from "./capabilities.js";
import type { Dialect, Session } from "./dialect.js";
import { FallbackSession, type QueueAccess } from "./fallback-session.js";
import { QueueStreamSession } from "./queue-stream.js";
import { StopByCancel } from "./stop-by-cancel.js";
import type { StoppableSession, Stopper } from "./stopper.js";
import { uploadInputs } from "./upload-inputs.js";

/**
 * The dialect that an app speaks; old ones are loaded when an app speaks them. One that nobody knows
 * yet is tried as the newest.
 */
export async function dialectOf(
  config: AppConfig,
  requests: Requests,
  tell: (message: string) => void,
): Promise<Dialect> {
  const { known, capabilities } = capabilitiesOf(config);
  const { transport, files } = capabilities;
  if (!known) {
    tell(
      `The app speaks "${config.protocol}", which is newer than this client: trying it as "sse_v3".`,
    );
  }
  if (transport === "ws") {
    const { webSocketDialect } = await import("./ws.js");
    return webSocketDialect(requests, config, capabilities);
  }
  return {
    encoding: capabilities,
    files: files === "marked" ? markedFiles : unmarkedFiles,
    sendFiles: (call, settings, scope) => uploadInputs(call, requests, settings, scope),
    openSession: await sessionsOf(capabilities, config, requests, tell),
  };
}

async function sessionsOf(
  { transport, stop, cancelsWaiting }: Capabilities,
  config: AppConfig,
  requests: Requests,
  tell: (message: string) => void,
): Promise<(hash: string) => Session> {
  if (transport === "sse") {
    const { sseSessions } = await import("./sse.js");
    return sseSessions(requests, config);
  }
  const access: QueueAccess = {
    closed: false,
    tell,
    openOther: async (hash) =>
      (await import("./call-routes.js")).callSessions(requests, config)(hash),
  };
  const open = (stopperOf: (session: StoppableSession) => Stopper) => (hash: string) =>
    new FallbackSession(new QueueStreamSession(requests, hash, stopperOf), access);
  if (stop === "cancel") return open((session) => new StopByCancel(session, cancelsWaiting));
  const { StopByReset } = await import("./stop-by-reset.js");
  return open((session) => new StopByReset(session, config.dependencies));
}
