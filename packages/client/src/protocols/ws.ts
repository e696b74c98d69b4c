import type { AppConfig } from "../core/config.js";
import { isObject } from "../core/json.js";
import { readJobMessage } from "../core/messages.js";
import { encodeJson } from "../core/values.js";
import { isAtLeast } from "../core/version.js";
import { AuthenticationError } from "../errors.js";
import type { Platform } from "../io/platform.js";
import { parseJson, type Requests } from "../io/requests.js";
import { caller } from "./caller.js";
import type { Call, Dialect } from "./dialect.js";
import { namedFiles } from "./named-files.js";
import { sendNamedFiles } from "./named-inputs.js";
import { describeNamed } from "./named-schema.js";
import { queueFull } from "./queue-full.js";
import { runUnqueued } from "./run.js";
import type { SoloJob } from "./solo-job.js";
import { SoloSession } from "./solo-session.js";

/** The code with which the server closes a socket that lacks a login. */
const loginRequired = 1008;

/** Gradio 3: a WebSocket per call where there is a queue, else a request. */
export function webSocketDialect(
  requests: Requests,
  config: AppConfig,
  encoding: Dialect["encoding"],
  platform: Pick<Platform, "openWebSocket">,
): Dialect {
  const conversation = new SocketConversation(requests, platform);
  const hasSockets = isAtLeast(config.version, 3, 2);
  return {
    encoding,
    files: namedFiles,
    describe: describeNamed,
    sendFiles: (call, settings, signal) => sendNamedFiles(call, requests, settings, signal),
    openSession: (hash) =>
      new SoloSession(hash, {
        requests,
        dependencies: config.dependencies,
        sessionOf,
        converse: (job) =>
          hasSockets && job.call.endpoint.dependency.queue
            ? conversation.run(job)
            : runUnqueued(requests, job),
        stop,
      }),
  };
}

/**
 * The server keeps one generator per function and session: two calls at the same time would get each
 * other's values. So a generator that has no State to share runs in a session of its own.
 */
function sessionOf({ endpoint }: Call, shared: string): string {
  const { dependency, inputs, outputs } = endpoint;
  const hasState = [...inputs, ...outputs].some((component) => component?.type === "state");
  return dependency.generator && !hasState ? globalThis.crypto.randomUUID() : shared;
}

/** Closing the socket takes a job out of the queue, and ends a generator at its next value. */
async function stop(job: SoloJob, endEvent: () => Promise<boolean>): Promise<void> {
  const computes = !job.over && !job.waits && !job.yields;
  job.leave();
  if (computes) await endEvent();
}

class SocketConversation {
  readonly #requests: Requests;
  readonly #platform: Pick<Platform, "openWebSocket">;

  constructor(requests: Requests, platform: Pick<Platform, "openWebSocket">) {
    this.#requests = requests;
    this.#platform = platform;
  }

  async run(job: SoloJob): Promise<void> {
    const url = this.#requests.api("/queue/join");
    const code = await this.#platform.openWebSocket({
      url: url.replace(/^http/, "ws"),
      headers: this.#requests.headersFor(url, { headers: job.call.headers, defaults: caller }),
      signal: job.signal,
      onMessage: (text, send) => {
        try {
          this.#take(job, parseJson(text, url), send);
        } catch (error) {
          job.lost(error as Error);
        }
      },
    });
    if (code !== loginRequired) return;
    throw new AuthenticationError(
      "LOGIN_REQUIRED",
      "The app asks for a login: its username and password are needed.",
    );
  }

  #take(job: SoloJob, message: unknown, send: (text: string) => void): void {
    if (!isObject(message)) return;
    const { call, fnIndex, hash } = job;
    const event = { fn_index: fnIndex, session_hash: hash };
    if (message["msg"] === "queue_full") {
      job.lost(queueFull());
      return;
    }
    job.message(readJobMessage(message));
    if (message["msg"] === "send_hash") send(JSON.stringify(event));
    if (message["msg"] === "send_data") {
      job.hasData = true;
      send(encodeJson({ ...event, data: call.data, event_data: call.eventData ?? null }));
    }
  }
}
