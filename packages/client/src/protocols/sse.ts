import type { AppConfig } from "../core/config.js";
import { asString, isObject, type JsonObject } from "../core/json.js";
import { readJobMessage } from "../core/messages.js";
import { encodeJson } from "../core/values.js";
import { createEventReader } from "../io/event-stream.js";
import { parseJson } from "../io/parse-json.js";
import type { Requests } from "../io/requests.js";
import { caller } from "../io/caller.js";
import { resetEvent } from "./cancel-event.js";
import type { Session } from "./dialect.js";
import { queueFull } from "./queue-full.js";
import type { SoloJob } from "./solo-job.js";
import { SoloSession } from "./solo-session.js";

/** How long an address may get, in characters, that servers and proxies take without a second thought. */
const longestAddress = 2000;

/** Opens sessions of Gradio 4.0 to 4.8 (`sse`): one event stream per call. */
export function sseSessions(requests: Requests, config: AppConfig): (hash: string) => Session {
  const { dependencies } = config;
  const conversation = new SseConversation(requests);
  return (hash) =>
    new SoloSession(hash, {
      requests,
      dependencies,
      sessionOf: (_call, shared) => shared,
      converse: (job) => conversation.run(job),
      stop: (job, endEvent) => conversation.stop(job, endEvent),
    });
}

/**
 * The data of a call could always travel in the address: that saves 50 ms. But then the server never
 * tells the id by which a job is cancelled, runs a job from the queue although its caller is gone, and
 * proxies write the data into their logs. So only calls that never wait travel that way; for others
 * the server asks when it is their turn.
 *
 * (The end of a stream does not end its job: its server does not look.)
 */
class SseConversation {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  async run(job: SoloJob): Promise<void> {
    const url = addressOf(this.#requests, job);
    job.hasData = url.includes("&data=");
    const response = await this.#requests.request("GET", url, {
      signal: job.signal,
      headers: job.call.headers,
      defaults: { ...caller, accept: "text/event-stream" },
    });
    const limit = this.#requests.sizeLimit(url);
    const read = createEventReader(limit, {
      event: (data) => {
        const message = parseJson(data, url);
        if (!isObject(message)) return;
        if (message["msg"] === "queue_full") job.lost(queueFull());
        else if (message["msg"] === "send_data") this.#answer(job, message);
        else job.message(readJobMessage(message));
      },
    });
    await read(response);
  }

  /** One that waits is stopped when it is asked for its data. */
  async stop(job: SoloJob, endEvent: () => Promise<boolean>): Promise<void> {
    const { eventId, call } = job;
    if (job.over || job.waits) return;
    if (job.yields) {
      if (eventId !== undefined && (await resetEvent(this.#requests, eventId))) job.leave();
    } else if ((await endEvent()) || !call.endpoint.dependency.generator) job.leave();
  }

  #answer(job: SoloJob, message: JsonObject): void {
    job.message(readJobMessage(message));
    job.eventId = asString(message["event_id"]);
    this.#sendData(job).catch((error: unknown) => job.lost(error as Error));
  }

  /** Too few data for a job that nobody wants any more: so it fails without being run, and at once. */
  async #sendData(job: SoloJob): Promise<void> {
    const { call, wanted } = job;
    if (!wanted && call.data.length === 0) {
      job.leave();
      return;
    }
    job.hasData = true;
    const body = {
      event_id: job.eventId,
      data: wanted ? call.data : [],
      fn_index: job.fnIndex,
      session_hash: job.hash,
      event_data: call.eventData ?? null,
      trigger_id: call.triggerId ?? null,
    };
    const options = { signal: job.signal, headers: call.headers, defaults: caller };
    await this.#requests.postJson(this.#requests.api("/queue/data"), encodeJson(body), options);
  }
}

function addressOf(requests: Requests, { call, fnIndex, hash }: SoloJob): string {
  const session = encodeURIComponent(hash);
  const url = requests.api(`/queue/join?fn_index=${fnIndex}&session_hash=${session}`);
  const { queue, generator } = call.endpoint.dependency;
  // The address has no place for an event's payload.
  const inBody = queue || generator || call.eventData !== undefined || call.triggerId !== undefined;
  if (inBody) return url;
  const full = `${url}&data=${encodeURIComponent(encodeJson(call.data))}`;
  return full.length <= longestAddress ? full : url;
}
