import { readAppId } from "../core/config.js";
import { startDeadline } from "./deadline.js";
import type { Requests } from "./requests.js";

/** An app that takes longer to say so may be any, in milliseconds. */
const answerLimit = 5000;

/**
 * Whether the app is still the running one that was connected to. One that does not say is taken for
 * another: what follows from its silence must be safe. An app that never told its id is believed.
 */
export async function isSameApp(requests: Requests): Promise<boolean> {
  const known = requests.appId;
  if (known === undefined) return true;
  const deadline = startDeadline({ timeout: answerLimit }, "Asking for the app's id");
  try {
    const { signal } = deadline;
    const response = await requests.send("GET", requests.api("/app_id"), { signal });
    const now = readAppId(await requests.excerpt(response));
    if (now !== undefined) requests.appId = now;
    return now === known;
  } catch {
    // An app that cannot be reached may be on its way to a new life.
    return false;
  } finally {
    deadline.release();
  }
}
