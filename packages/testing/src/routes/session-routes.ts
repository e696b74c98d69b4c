import type { App } from "../app.js";
import type { Exchange } from "../http/exchange.js";
import { exactJson } from "../wire/json.js";
import { route, type Route } from "../http/router.js";

/** What keeps a session alive and what asks after the app. */
export function sessionRoutes(app: App): Route[] {
  return [
    route("GET", "/gradio_api/heartbeat/{session}", (exchange, [sessionHash = ""]) =>
      beat(app, exchange, sessionHash),
    ),
    route("GET", "/gradio_api/app_id/?", (exchange) =>
      exchange.send(200, "application/json", exactJson({ app_id: app.appId })),
    ),
    route("GET", "/gradio_api/startup-events", (exchange) => exchange.json(200, false)),
    route("GET", "/gradio_api/login_check/?", (exchange) => exchange.json(200, null)),
    route("GET", "/gradio_api/user/?", (exchange) => exchange.json(200, null)),
  ];
}

async function beat(app: App, exchange: Exchange, sessionHash: string): Promise<void> {
  const { heartbeats, settings, runtime } = app;
  const stream = exchange.openEventStream();
  heartbeats.set(sessionHash, (heartbeats.get(sessionHash) ?? 0) + 1);
  await stream.write("data: ALIVE\n\n");
  const timer = setInterval(() => void stream.write("data: ALIVE\n\n"), settings.heartbeatInterval);
  await new Promise<void>((resolve) => {
    exchange.disconnected.addEventListener("abort", () => resolve(), { once: true });
    if (exchange.disconnected.aborted) resolve();
  });
  clearInterval(timer);
  heartbeats.set(sessionHash, (heartbeats.get(sessionHash) ?? 1) - 1);
  settings.unload?.(sessionHash);
  runtime.state.close(sessionHash);
  runtime.streams.dropSession(sessionHash);
}
