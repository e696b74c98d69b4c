import type { Dependency } from "../core/config.js";
import { isObject } from "../core/json.js";
import type { Requests } from "../io/requests.js";

/**
 * The app's own event that cancels a function (`cancels=` in Python): before Gradio 4.31 nothing else
 * ends a function that has not yielded yet. Of several the one that cancels least else.
 *
 * @param mayEnd whether all of these functions may be ended in the session.
 */
export function findCancelEvent(
  dependencies: readonly Dependency[],
  fnIndex: number,
  mayEnd: (functions: readonly number[]) => boolean,
): Dependency | undefined {
  let best: Dependency | undefined;
  for (const dependency of dependencies) {
    const { cancels } = dependency;
    if (!cancels.includes(fnIndex) || !mayEnd(cancels)) continue;
    if (best === undefined || cancels.length < best.cancels.length) best = dependency;
  }
  return best;
}

/** Triggers such an event: every running job of its functions in the session ends, without a word. */
export async function triggerCancelEvent(
  requests: Requests,
  event: Dependency,
  sessionHash: string,
): Promise<void> {
  const body = { data: [], fn_index: event.fnIndex, session_hash: sessionHash };
  await requests.postJson(requests.api("/api/predict/"), JSON.stringify(body));
}

/** Ends one generator that has yielded (4.0 – 4.33). `false`: the server knows of none. */
export async function resetEvent(requests: Requests, eventId: string): Promise<boolean> {
  const url = requests.api("/reset");
  const answer = await requests.postJson(url, JSON.stringify({ event_id: eventId }));
  return isObject(answer) && answer["success"] === true;
}
