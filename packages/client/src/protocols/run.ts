import { isObject } from "../core/json.js";
import { readJobMessage } from "../core/messages.js";
import { encodeJson } from "../core/values.js";
import { errorFromStatus } from "../io/refusal.js";
import { parseJson } from "../io/parse-json.js";
import type { Requests } from "../io/requests.js";
import { caller } from "../io/caller.js";
import type { SoloJob } from "./solo-job.js";

/** Where a function is run without a queue; the second is that of servers before 3.10 or so. */
const routes = ["/run/predict", "/api/predict/"];

/** Runs a function without a queue: one request, whose answer is the result. */
export async function runUnqueued(requests: Requests, job: SoloJob): Promise<void> {
  const { call, fnIndex, hash, signal } = job;
  const body = encodeJson({
    data: call.data,
    fn_index: fnIndex,
    session_hash: hash,
    event_data: call.eventData ?? null,
  });
  job.hasData = true;
  // Nothing is said before the result: the server has it from here on.
  job.message({ type: "started", eta: undefined });
  for (const route of routes) {
    const url = requests.api(route);
    const options = { body, signal, headers: call.headers, defaults: caller };
    const response = await requests.send("POST", url, options);
    if (response.status === 404 && route !== routes.at(-1)) {
      response.discard();
      continue;
    }
    const text = await requests.text(response, signal);
    const success = response.status >= 200 && response.status < 300;
    const output = success ? parseJson(text, url) : failureOf(text);
    if (!success && output === undefined) throw errorFromStatus(response, text);
    job.message(readJobMessage({ msg: "process_completed", success, output }));
    return;
  }
}

/** The error that the function raised; anything else is a refusal. */
function failureOf(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) && "error" in answer ? answer : undefined;
  } catch {
    // "Internal Server Error" is no JSON: the status says what there is to say.
    return undefined;
  }
}
