import type { AppConfig } from "../core/config.js";
import type { Endpoint } from "../core/endpoint.js";
import { isObject } from "../core/json.js";
import { readJobMessage } from "../core/messages.js";
import { encodeJson } from "../core/values.js";
import { isAtLeast } from "../core/version.js";
import { parseJson } from "../io/parse-json.js";
import type { Requests } from "../io/requests.js";
import { caller } from "../io/caller.js";
import type { Call, Dialect } from "./dialect.js";
import { GeneratorTurns } from "./generator-turns.js";
import { namedFiles } from "./named-files.js";
import { sendNamedFiles } from "./named-inputs.js";
import { describeNamed } from "./named-schema.js";
import { queueFull } from "./queue-full.js";
import { runUnqueued } from "./run.js";
import { checkLogin, refusalOf } from "./socket-login.js";
import type { SoloJob } from "./solo-job.js";
import { SoloSession } from "./solo-session.js";

/** Gradio 3: a WebSocket per call where there is a queue, else a request. */
export function webSocketDialect(
  requests: Requests,
  config: AppConfig,
  encoding: Dialect["encoding"],
): Dialect {
  const conversation = new SocketConversation(requests);
  const turns = new GeneratorTurns();
  const hasSockets = isAtLeast(config.version, 3, 2);
  const converse = async (job: SoloJob): Promise<void> => {
    const { endpoint } = job.call;
    if (!hasSockets || !endpoint.dependency.queue) await runUnqueued(requests, job);
    else if (!isGeneratorWithState(endpoint)) await conversation.run(job);
    else await turns.run(job, (onMessage) => conversation.run(job, onMessage));
  };
  return {
    encoding,
    files: namedFiles,
    describe: describeNamed,
    sendFiles: (call, settings, scope) => sendNamedFiles(call, requests, settings, scope),
    openSession: (hash) =>
      new SoloSession(hash, {
        requests,
        dependencies: config.dependencies,
        sessionOf,
        converse,
        stop,
      }),
  };
}

function isGeneratorWithState({ dependency, inputs, outputs }: Endpoint): boolean {
  return (
    dependency.generator && [...inputs, ...outputs].some((component) => component?.type === "state")
  );
}

/**
 * The server keeps one generator per function and session. So one that has no State to share runs in
 * a session of its own; those that have take turns.
 */
function sessionOf({ endpoint }: Call, shared: string): string {
  const isAlone = endpoint.dependency.generator && !isGeneratorWithState(endpoint);
  return isAlone ? globalThis.crypto.randomUUID() : shared;
}

/** Closing the socket takes a job out of the queue, and ends a generator at its next value. */
async function stop(job: SoloJob, endEvent: () => Promise<boolean>): Promise<void> {
  const computes = !job.over && !job.waits && !job.yields;
  job.leave();
  if (computes) await endEvent();
}

class SocketConversation {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** @param onMessage told of each message of the app. */
  async run(job: SoloJob, onMessage?: () => void): Promise<void> {
    const refusal = await this.#converse(job, onMessage);
    if (refusal === undefined || job.over) return;
    await checkLogin(this.#requests, job, refusal);
    const again = await this.#converse(job, onMessage);
    if (again !== undefined) throw again;
  }

  /** Talks to the end; resolves with why the app opened no socket, if it is that. */
  async #converse(job: SoloJob, onMessage?: () => void): Promise<Error | undefined> {
    const url = this.#requests.api("/queue/join");
    let opened = false;
    const take = (text: string, send: (text: string) => void): void => {
      opened = true;
      onMessage?.();
      try {
        this.#take(job, parseJson(text, url), send);
      } catch (error) {
        job.lost(error as Error);
      }
    };
    const headers = { headers: job.call.headers, defaults: caller };
    const request = { url, signal: job.signal, onMessage: take };
    try {
      const end = await this.#requests.openWebSocket(request, headers);
      return await refusalOf(this.#requests, end);
    } catch (error) {
      // A runtime that says nothing but that it failed may mean a refusal.
      if (!opened && error instanceof TypeError) return error;
      throw error;
    }
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
