import type { App } from "../app.js";
import type { GrowingMedia } from "../files/media-streams.js";
import type { Bodies } from "../http/bodies.js";
import type { Exchange } from "../http/exchange.js";
import { readPredictBody } from "../http/predict-body.js";
import { route, type Route } from "../http/router.js";

/** Streamed media, and the questions after a running event. */
export function streamRoutes(app: App, bodies: Bodies): Route[] {
  const media = (exchange: Exchange, address: readonly string[]): GrowingMedia | undefined => {
    const found = app.runtime.streams.find(address.slice(0, 3).join("/"));
    if (!found) exchange.send(404, undefined, "");
    return found;
  };
  const place = "/gradio_api/stream/{session}/{run}/{component}";
  return [
    route("POST", "/gradio_api/stream/{event}", async (exchange, [eventId = ""]) => {
      readPredictBody(await bodies.readJson(exchange));
      answerAlive(app, exchange, eventId);
    }),
    route("POST", "/gradio_api/stream/{event}/close", (exchange, [eventId = ""]) =>
      answerAlive(app, exchange, eventId),
    ),
    route("GET", `${place}/playlist.m3u8`, (exchange, address) => {
      const found = media(exchange, address);
      if (!found) return;
      const signature = exchange.query.get("__sign") ?? undefined;
      exchange.setHeader(
        "cache-control",
        signature === undefined ? "no-store" : "private, no-store",
      );
      exchange.send(200, "application/vnd.apple.mpegurl", found.playlist(signature));
    }),
    route("GET", `${place}/playlist-file`, (exchange, address) => {
      const found = media(exchange, address);
      if (!found) return;
      const type = found.extension === "aac" ? "audio/aac" : "video/mp4";
      exchange.send(200, type, Buffer.concat(found.segments.map(({ bytes }) => bytes)));
    }),
    route("GET", `${place}/{segment}.{extension}`, (exchange, address) => {
      const [, , , segmentId, extension = ""] = address;
      if (extension !== "aac" && extension !== "ts") {
        exchange.text(400, "Unsupported file extension");
        return;
      }
      const segment = media(exchange, address)?.segments.find(({ id }) => id === segmentId);
      if (segment)
        exchange.send(200, extension === "aac" ? "audio/aac" : "video/MP2T", segment.bytes);
      else if (!exchange.answered) exchange.text(404, "Segment not found");
    }),
  ];
}

function answerAlive(app: App, exchange: Exchange, eventId: string): void {
  if (app.queue.has(eventId)) exchange.json(200, { msg: "success" });
  else exchange.send(404, undefined, "");
}
