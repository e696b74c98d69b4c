import { checkByRules, checkOptions } from "./check-options.js";
import { duplicateRules } from "./duplicate-rules.js";
import type { Connection } from "./connection.js";
import { startDeadline } from "./io/deadline.js";
import type { Platform } from "./io/platform.js";
import { openConnection, openTransport } from "./opening.js";
import type { DuplicateOptions } from "./options.js";

/** Half an hour: a copy has to be built before it answers. */
const defaultTimeout = 1_800_000;
const defaultSleepTimeout = 5;

/** Makes a copy of a Space, or finds the one that is there, and connects to it. */
export async function duplicateApp(
  platform: Platform,
  fromId: string,
  options: DuplicateOptions,
): Promise<Connection> {
  checkByRules(options, "duplicate", duplicateRules);
  const {
    toId,
    private: isPrivate = true,
    hardware,
    secrets,
    variables,
    sleepTimeout = defaultSleepTimeout,
    timeout = defaultTimeout,
    ...connecting
  } = options;
  if (options.http !== undefined) checkOptions(options.http, "http");
  const log = options.log ?? ((message: string) => platform.log(message));
  const tell = options.verbose === false ? () => {} : log;
  const transport = openTransport(platform, options);
  const deadline = startDeadline(
    { signal: options.signal, timeout },
    `Duplicating ${String(fromId)}`,
  );
  const { signal } = deadline;
  try {
    const { duplicateByHub } = await import("./hub/index.js");
    const copy = { toId, private: isPrivate, hardware, secrets, variables, sleepTimeout };
    const id = await duplicateByHub(fromId, { platform, transport, options, signal, tell }, copy);
    // One time for all of it: the signal ends it.
    return await openConnection(platform, id, { ...connecting, signal, timeout });
  } finally {
    deadline.release();
    transport.close();
  }
}
