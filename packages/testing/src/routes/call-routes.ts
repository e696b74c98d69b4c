import type { App } from "../app.js";
import type { AppFunction } from "../app-function.js";
import { errorPayload } from "../gradio-error.js";
import type { Bodies } from "../http/bodies.js";
import type { Exchange } from "../http/exchange.js";
import { ServerFault } from "../http/http-problem.js";
import type { JsonObject } from "../http/json-object.js";
import { readPredictBody, type PredictBody } from "../http/predict-body.js";
import { route, type Handler, type Route } from "../http/router.js";
import { parametersOf } from "../info/api-info.js";
import type { QueueMessage, RunOutput } from "../queue/messages.js";
import { runBatch } from "../run/batch-run.js";
import { createContext } from "../run/create-context.js";
import { FunctionRun } from "../run/function-run.js";
import { pythonJson } from "../wire/json.js";
import { readMessages } from "./message-stream.js";
import { callerOf, join } from "./queue-routes.js";

/** Calls by name: at once (`/run`, `/api`) and through the queue (`/call`). */
export function callRoutes(app: App, bodies: Bodies): Route[] {
  const readBody = async (exchange: Exchange): Promise<PredictBody> =>
    readPredictBody(await bodies.readJson(exchange));
  const run: Handler = async (exchange, [apiName = ""]) => {
    const body = await readBody(exchange);
    const fn =
      body.fnIndex === undefined ? app.functionNamed(apiName) : app.functionAt(body.fnIndex);
    await runNow(app, exchange, fn, body);
  };
  const listen: Handler = async (exchange, [, eventId = ""]) => {
    const sessionHash =
      app.queue.event(eventId)?.sessionHash ?? app.queue.sessions.sessionOf(eventId) ?? eventId;
    await readMessages(app, exchange, sessionHash, namedEvent);
  };
  return [
    route("POST", "/gradio_api/run/{name}/?", run),
    route("POST", "/gradio_api/api/{name}/?", run),
    route("POST", "/gradio_api/call/v2/{name}/?", async (exchange, [apiName = ""]) => {
      const named = await bodies.readJson(exchange);
      const fn = app.functionNamed(apiName);
      const body = { ...bindByName(fn, named), simpleFormat: true };
      const event = await join(app, exchange, body, fn);
      exchange.json(200, { event_id: event.id });
    }),
    route("POST", "/gradio_api/call/{name}/?", async (exchange, [apiName = ""]) => {
      const body = await readBody(exchange);
      const fn = app.functionNamed(apiName);
      const data = insertHidden(fn, body.data);
      // Only these four fields count here.
      const event = await join(
        app,
        exchange,
        { ...body, data, eventData: null, simpleFormat: true },
        fn,
      );
      exchange.json(200, { event_id: event.id });
    }),
    route("GET", "/gradio_api/call/v2/{name}/{event}", listen),
    route("GET", "/gradio_api/call/{name}/{event}", listen),
  ];
}

async function runNow(
  app: App,
  exchange: Exchange,
  fn: AppFunction,
  body: PredictBody,
): Promise<void> {
  const caller = callerOf(app, exchange, body);
  const scope = createContext(fn, caller, app.runtime, exchange.disconnected);
  const once = new FunctionRun(fn, caller, app.runtime, scope.context, false);
  try {
    const output = fn.endpoint.batch ? await runSample(app, fn, caller, scope) : await once.step();
    exchange.json(200, output);
  } catch (error) {
    exchange.json(500, errorPayload(error, app.settings.showError));
  } finally {
    // Nobody can ask for a generator's second value: it is not left standing.
    void once.close();
    for (const media of scope.media) media.ended = true;
  }
}

// With several inputs Gradio takes the inputs of one sample for several samples of one input.
async function runSample(
  app: App,
  fn: AppFunction,
  caller: ReturnType<typeof callerOf>,
  scope: ReturnType<typeof createContext>,
): Promise<RunOutput> {
  if (fn.inputs.length > 1) {
    throw new Error(
      `An event handler (${fn.apiName}) didn't receive enough input values (needed: ${fn.inputs.length}, got: 1).`,
    );
  }
  const [output] = await runBatch(fn, [caller], app.runtime, scope.context);
  return output as RunOutput;
}

function insertHidden(fn: AppFunction, data: readonly unknown[]): readonly unknown[] {
  const visible = fn.inputs.filter(({ component }) => !component.skipApi);
  if (data.length === fn.inputs.length || data.length !== visible.length) return data;
  const values = data.values();
  return fn.inputs.map(({ component }) =>
    component.skipApi ? null : (values.next().value as unknown),
  );
}

function bindByName(fn: AppFunction, named: JsonObject): PredictBody {
  if (fn.endpoint.apiVisibility !== "public") throw new ServerFault("not a documented endpoint");
  const { oauth_token: token, ...given } = named;
  const parameters = parametersOf(fn);
  const known = new Set(parameters.map((parameter) => parameter.parameter_name));
  const isParameter = known.has("oauth_token");
  const values = isParameter ? named : given;
  for (const name of Object.keys(values)) {
    if (!known.has(name)) throw new ServerFault(`unknown parameter ${name}`);
  }
  const data = parameters.map((parameter) => {
    const name = parameter.parameter_name;
    if (Object.hasOwn(values, name)) return values[name];
    if (!parameter.parameter_has_default) throw new ServerFault(`missing parameter ${name}`);
    return parameter.parameter_default;
  });
  return {
    data: insertHidden(fn, data),
    fnIndex: fn.index,
    sessionHash: undefined,
    eventData: null,
    oauthToken: fn.endpoint.oauthToken && typeof token === "string" ? token : undefined,
    simpleFormat: true,
  };
}

/** A message as `/call` names it; most kinds are left out there. */
function namedEvent(message: QueueMessage): string | undefined {
  switch (message.msg) {
    case "process_completed":
      return frame(
        message.success ? "complete" : "error",
        message.success ? (message.output as Partial<RunOutput>).data : message.output,
      );
    case "process_generating":
      return frame("generating", message.output.data);
    case "heartbeat":
      return frame("heartbeat", null);
    case "unexpected_error":
      return frame("error", message.message);
    default:
      return undefined;
  }
}

function frame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${pythonJson(data)}\n\n`;
}
