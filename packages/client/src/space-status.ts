import { checkOptions } from "./check-options.js";
import type { SpaceStatus } from "./hub/space-facts.js";
import { startDeadline } from "./io/deadline.js";
import type { Platform } from "./io/platform.js";
import { openTransport } from "./opening.js";
import type { ClientOptions } from "./options.js";

/** The options of `spaceStatus`, as those of `Client.connect`. */
export type SpaceStatusOptions = Pick<
  ClientOptions,
  "token" | "http" | "sslVerify" | "fetch" | "signal" | "timeout"
>;

const defaultTimeout = 60_000;

/** Asks the Hub how a Space is doing. */
export async function readSpaceStatus(
  platform: Platform,
  id: string,
  options: SpaceStatusOptions,
): Promise<SpaceStatus> {
  checkOptions(options, "connect");
  if (options.http !== undefined) checkOptions(options.http, "http");
  const transport = openTransport(platform, options);
  const { signal: wanted, timeout = defaultTimeout } = options;
  const deadline = startDeadline({ signal: wanted, timeout }, `Asking for ${String(id)}`);
  try {
    const { statusByHub } = await import("./hub/index.js");
    return await statusByHub(id, { platform, transport, options, signal: deadline.signal });
  } finally {
    deadline.release();
    transport.close();
  }
}
