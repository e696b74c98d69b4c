import type { AppConfig } from "../core/config.js";
import { asArray, isObject } from "../core/json.js";
import { parseLenient } from "../core/lenient-json.js";
import { readJobMessage, type JobMessageBody } from "../core/messages.js";
import { encodeJson } from "../core/values.js";
import { isAtLeast } from "../core/version.js";
import { ProtocolError } from "../errors.js";
import { createEventReader } from "../io/event-stream.js";
import { eventIdOf } from "../io/join.js";
import type { Requests } from "../io/requests.js";
import { caller } from "../io/caller.js";
import { resetEvent } from "./cancel-event.js";
import { isClosedRoute } from "./closed-route.js";
import type { Call, Session } from "./dialect.js";
import type { SoloJob } from "./solo-job.js";
import { SoloSession } from "./solo-session.js";

/**
 * Opens sessions over the simple routes of Gradio 4.20 and later, `/call/<name>` and
 * `/call/v2/<name>`, for apps whose queue routes are closed. They tell values and errors only, no
 * places in the queue and no progress; and State starts anew with every call, because their server
 * loses calls that name a session.
 */
export function callSessions(requests: Requests, config: AppConfig): (hash: string) => Session {
  const { dependencies, version } = config;
  const hasCancel = isAtLeast(version, 4, 31);
  return (hash) =>
    new SoloSession(hash, {
      requests,
      dependencies,
      sessionOf: (_call, shared) => shared,
      converse: (job) => converse(requests, job),
      stop: async (job) => {
        const { eventId } = job;
        if (job.over || eventId === undefined) return;
        if (hasCancel) await cancel(requests, job, eventId);
        else await resetEvent(requests, eventId);
        job.leave();
      },
    });
}

/** A call that names no session has one to itself, which is called as its event. */
async function cancel(requests: Requests, { fnIndex }: SoloJob, eventId: string): Promise<void> {
  const body = { session_hash: eventId, fn_index: fnIndex, event_id: eventId };
  await requests.postJson(requests.api("/cancel"), JSON.stringify(body));
}

async function converse(requests: Requests, job: SoloJob): Promise<void> {
  const { url, eventId } = await join(requests, job);
  job.eventId = eventId;
  // Nothing is known of it yet but that it was taken.
  job.message({ type: "unknown" });
  const address = `${url}/${encodeURIComponent(eventId)}`;
  const response = await requests.request("GET", address, {
    signal: job.signal,
    headers: job.call.headers,
    defaults: { accept: "text/event-stream" },
  });
  const read = createEventReader(requests.sizeLimit(address), {
    event: (data, name) => {
      const message = readCallEvent(name, data);
      if (message !== undefined) job.message(message);
    },
  });
  await read(response);
}

interface Joined {
  readonly url: string;
  readonly eventId: string;
}

async function join(requests: Requests, job: SoloJob): Promise<Joined> {
  const { call } = job;
  const name = call.endpoint.dependency.apiName ?? "";
  const simple = requests.api(`/call/${encodeURIComponent(name)}`);
  try {
    const { data } = call;
    return await post(requests, job, simple, { data, ...tokenOf(call) });
  } catch (error) {
    if (!isClosedRoute(error)) throw error;
    const named = requests.api(`/call/v2/${encodeURIComponent(name)}`);
    return await post(requests, job, named, { ...namedInputs(call), ...tokenOf(call) });
  }
}

async function post(requests: Requests, job: SoloJob, url: string, body: object): Promise<Joined> {
  const { signal, call } = job;
  job.hasData = true;
  const options = { signal, headers: call.headers, defaults: caller };
  return { url, eventId: eventIdOf(await requests.postJson(url, encodeJson(body), options)) };
}

function namedInputs({ endpoint, data }: Call): Record<string, unknown> {
  const visible = data.filter((_value, position) => endpoint.inputs[position]?.hidden !== true);
  const { parameters } = endpoint.info;
  return Object.fromEntries(
    parameters.map(({ parameterName }, index) => [parameterName, visible[index]]),
  );
}

function tokenOf({ oauthToken }: Call): object {
  return oauthToken === undefined ? {} : { oauth_token: oauthToken };
}

const untold = "The call failed, and the only route of the app that is open does not tell why.";

/** What an event means. Values are always whole here. */
function readCallEvent(event: string | undefined, data: string): JobMessageBody | undefined {
  if (event === "generating") return { type: "streaming", data: asArray(parse(data)) };
  if (event === "complete") {
    const values = parse(data);
    return Array.isArray(values) ? { type: "completed", data: values } : { type: "stopped" };
  }
  if (event !== "error") return undefined;
  // Before 6.13 the text of the error is lost; what breaks the stream itself is a text.
  const told = parse(data);
  const output = isObject(told) ? told : { error: told ?? untold };
  return readJobMessage({ msg: "process_completed", success: false, output });
}

function parse(data: string): unknown {
  try {
    return parseLenient(data);
  } catch (error) {
    throw new ProtocolError("INVALID_JSON", "A value in the event stream is not JSON.", error);
  }
}
