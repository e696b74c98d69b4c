import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import mime from "mime";
import type { App } from "../app.js";
import { encodePath } from "../file-data.js";
import { receiveUpload } from "../files/receive-upload.js";
import type { Bodies } from "../http/bodies.js";
import type { Exchange } from "../http/exchange.js";
import { HttpProblem } from "../http/http-problem.js";
import { route, type Route } from "../http/router.js";
import { parseRange } from "./byte-range.js";

/** Types that a browser may show by itself; everything else is sent as an attachment. */
const shownInline = /^(?:image\/(?:jpeg|png|gif|webp)|audio\/.+|video\/.+|text\/plain)$/;

/** Uploading and downloading. */
export function fileRoutes(app: App, bodies: Bodies): Route[] {
  const download = (exchange: Exchange, [path = ""]: readonly string[]): Promise<void> =>
    serveFile(app, exchange, path);
  return [
    route("GET", "/gradio_api/file={path*}", download),
    route("GET", "/gradio_api/file/{path*}", download),
    route("POST", "/gradio_api/upload", async (exchange) => {
      const uploadId = exchange.query.get("upload_id");
      if (uploadId !== null) app.uploads.track(uploadId);
      const received = await receiveUpload(exchange.request, app.runtime.files, {
        maxFileSize: app.settings.maxFileSize,
        onBytes: (name, bytes) => {
          if (uploadId !== null) app.uploads.add(uploadId, name, bytes);
        },
      });
      if (uploadId !== null) app.uploads.finish(uploadId);
      bodies.record(exchange, { files: received.map(({ name, size }) => ({ name, size })) });
      exchange.json(
        200,
        received.map(({ path }) => path),
      );
    }),
  ];
}

async function serveFile(app: App, exchange: Exchange, path: string): Promise<void> {
  const real = await app.runtime.files.resolve(path);
  if (real === undefined) throw new HttpProblem(403, `File not allowed: ${path}.`);
  const { size, mtime } = await stat(real);
  const range = parseRange(exchange.headers["range"], size);
  const type = mime.getType(real) ?? "";
  const inline = shownInline.test(type);
  exchange.setHeader("accept-ranges", "bytes");
  exchange.setHeader("content-type", inline ? withCharset(type) : "application/octet-stream");
  exchange.setHeader("content-disposition", disposition(inline, basename(real)));
  exchange.setHeader("last-modified", mtime.toUTCString());
  const tag = createHash("md5").update(`${mtime.getTime()}-${size}`).digest("hex");
  exchange.setHeader("etag", `"${tag}"`);
  exchange.setHeader("content-length", String(range ? range.end - range.start + 1 : size));
  if (range) exchange.setHeader("content-range", `bytes ${range.start}-${range.end}/${size}`);
  exchange.begin(range ? 206 : 200);
  if (exchange.method !== "HEAD") {
    for await (const chunk of createReadStream(real, range ?? {})) {
      if (exchange.disconnected.aborted) return;
      await exchange.write(chunk as Buffer);
    }
  }
  exchange.end();
}

function withCharset(type: string): string {
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}

function disposition(inline: boolean, name: string): string {
  const kind = inline ? "inline" : "attachment";
  const encoded = encodePath(name);
  return encoded === name ? `${kind}; filename="${name}"` : `${kind}; filename*=utf-8''${encoded}`;
}
