import type { App } from "../app.js";
import type { Exchange } from "../http/exchange.js";
import { HttpProblem, PlainProblem } from "../http/http-problem.js";
import { route, type Route } from "../http/router.js";
import { pythonJson } from "../wire/json.js";

/** How long an upload may take to begin. */
const patience = 3_000;

/** The progress of an upload that was given an id. */
export function uploadProgressRoutes(app: App): Route[] {
  return [
    route("GET", "/gradio_api/upload_progress", async (exchange) => {
      const uploadId = exchange.query.get("upload_id");
      if (uploadId === null) {
        throw new HttpProblem(422, [
          { type: "missing", loc: ["query", "upload_id"], msg: "Field required", input: null },
        ]);
      }
      await waitForUpload(app, exchange, uploadId);
      await follow(app, exchange, uploadId);
    }),
  ];
}

async function waitForUpload(app: App, exchange: Exchange, uploadId: string): Promise<void> {
  const giveUp = AbortSignal.any([AbortSignal.timeout(patience), exchange.disconnected]);
  try {
    while (!app.uploads.has(uploadId)) await app.uploads.changed(giveUp);
  } catch {
    // The wait ran out, or nobody is left to be told.
    throw new PlainProblem(404, "Upload not found");
  }
}

async function follow(app: App, exchange: Exchange, uploadId: string): Promise<void> {
  const { uploads, settings } = app;
  const stream = exchange.openEventStream();
  const send = (message: unknown): Promise<void> =>
    stream.write(`data: ${pythonJson(message)}\n\n`);
  const heartbeat = setInterval(() => void send({ msg: "heartbeat" }), settings.heartbeatInterval);
  try {
    for (;;) {
      const next = uploads.next(uploadId);
      if (next === "done") break;
      if (next) await send({ msg: "update", ...next });
      else await uploads.changed(exchange.disconnected);
    }
    await send({ msg: "done" });
    stream.end();
  } catch {
    // Only the end of the connection ends the wait for a change.
  } finally {
    clearInterval(heartbeat);
    uploads.stopTracking(uploadId);
  }
}
