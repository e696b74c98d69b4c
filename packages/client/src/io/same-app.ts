import { readAppId } from "../core/config.js";
import { ConnectionError } from "../errors.js";
import { startDeadline } from "./deadline.js";
import type { Requests } from "./requests.js";

/** An app that takes longer to say so may be any, in milliseconds. */
const answerLimit = 5000;

/** What is being asked already: for all calls that wait for it. */
const asking = new WeakMap<Requests, Promise<void>>();

/**
 * Whether the app is still the running one that was connected to. One that does not say is taken for
 * another: what follows from its silence must be safe. An app that never told its id is believed.
 */
export async function isSameApp(requests: Requests): Promise<boolean> {
  if (requests.app.id === undefined) return true;
  try {
    return (await compareId(requests)) === true;
  } catch {
    // An app that cannot be reached may be on its way to a new life.
    return false;
  }
}

/**
 * Makes sure that the app is the one that was connected to. To be asked, where there is a doubt,
 * before whatever names a function by its number, which may be another one's after a restart. An app
 * that says nothing about it is believed: it is there, or busy.
 *
 * @throws ConnectionError when it has been restarted, or cannot be reached.
 */
export async function confirmApp(requests: Requests): Promise<void> {
  let answer = asking.get(requests);
  if (answer === undefined) {
    answer = confirm(requests).finally(() => asking.delete(requests));
    asking.set(requests, answer);
  }
  await answer;
}

async function confirm(requests: Requests): Promise<void> {
  if (!requests.app.restarted && (await compareId(requests)) !== false) requests.app.confirm();
  if (!requests.app.restarted) return;
  throw new ConnectionError(
    "CONNECTION_LOST",
    "The app was restarted before it took the call, which has not run.",
    { retryable: true },
  );
}

/**
 * Asks for the app's id; `undefined`: it does not tell. Another id is noted.
 *
 * @throws ConnectionError when nothing answers, or only what stands in front of the app.
 */
async function compareId(requests: Requests): Promise<boolean | undefined> {
  const deadline = startDeadline({ timeout: answerLimit }, "Asking for the app's id");
  const { signal } = deadline;
  try {
    const response = await requests.send("GET", requests.api("/app_id"), { signal });
    const id = readAppId(await requests.excerpt(response));
    if (response.status >= 500) throw notThere(requests, response.status);
    if (id === undefined) return undefined;
    requests.app.restarted ||= id !== requests.app.id;
    return !requests.app.restarted;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    deadline.release();
  }
}

function notThere(requests: Requests, status: number): ConnectionError {
  return new ConnectionError(
    "UNREACHABLE",
    `The app at ${requests.base} is not there right now (HTTP ${status}).`,
    { retryable: true },
  );
}
