import type { App } from "../app.js";
import type { AppFunction } from "../app-function.js";
import type { Bodies } from "../http/bodies.js";
import type { Exchange } from "../http/exchange.js";
import { HttpProblem, ServerFault } from "../http/http-problem.js";
import {
  readCancelBody,
  readPredictBody,
  readResetBody,
  type PredictBody,
} from "../http/predict-body.js";
import { fileRootUrl } from "../http/root-url.js";
import { route, type Route } from "../http/router.js";
import type { QueueEvent } from "../queue/queue-event.js";
import type { Caller } from "../run/caller.js";
import { runValidator } from "../run/run-validator.js";
import { compactJson } from "../wire/json.js";
import { readMessages } from "./message-stream.js";

/** Joining, listening, cancelling. */
export function queueRoutes(app: App, bodies: Bodies): Route[] {
  return [
    route("POST", "/gradio_api/queue/join", async (exchange) => {
      const body = readPredictBody(await bodies.readJson(exchange));
      if (body.sessionHash === undefined) throw new HttpProblem(400, "Session hash not found.");
      const event = await join(app, exchange, body);
      exchange.json(200, { event_id: event.id });
    }),
    route("GET", "/gradio_api/queue/data", async (exchange) => {
      const sessionHash = exchange.query.get("session_hash");
      if (sessionHash === null) {
        throw new HttpProblem(422, [
          { type: "missing", loc: ["query", "session_hash"], msg: "Field required", input: null },
        ]);
      }
      await readMessages(
        app,
        exchange,
        sessionHash,
        (message) => `data: ${compactJson(message)}\n\n`,
      );
    }),
    route("POST", "/gradio_api/cancel", async (exchange) => {
      const { sessionHash, fnIndex, eventId } = readCancelBody(await bodies.readJson(exchange));
      app.queue.cancel(sessionHash, fnIndex, eventId);
      exchange.json(200, { success: true });
    }),
    route("POST", "/gradio_api/reset/?", async (exchange) => {
      readResetBody(await bodies.readJson(exchange));
      exchange.json(200, { success: true });
    }),
    route("GET", "/gradio_api/queue/status", (exchange) => {
      exchange.json(200, {
        msg: "estimation",
        event_id: null,
        rank: null,
        queue_size: app.queue.size,
        rank_eta: null,
      });
    }),
  ];
}

/** Puts a call in line, or throws the answer that refuses it. */
export async function join(
  app: App,
  exchange: Exchange,
  body: PredictBody,
  named?: AppFunction,
): Promise<QueueEvent> {
  if (app.queue.stopped) throw new HttpProblem(503, "Queue is stopped.");
  if (named === undefined && body.fnIndex === undefined) {
    throw new HttpProblem(400, "No function index provided.");
  }
  app.queue.refuseIfFull();
  const fn = named ?? app.functionAt(body.fnIndex as number);
  if (body.sessionHash === "") throw new ServerFault("an empty session hash");
  const caller = callerOf(app, exchange, body);
  await runValidator(fn, caller, app.runtime);
  return app.queue.join(fn, caller);
}

/** What a run gets to know of this request. */
export function callerOf(app: App, exchange: Exchange, body: PredictBody): Caller {
  return {
    data: body.data,
    sessionHash: body.sessionHash,
    eventData: body.eventData,
    oauthToken: body.oauthToken,
    simpleFormat: body.simpleFormat,
    root: fileRootUrl(exchange, app.settings.rootPath),
    headers: exchange.headers,
    queryParams: Object.fromEntries(exchange.query),
  };
}
