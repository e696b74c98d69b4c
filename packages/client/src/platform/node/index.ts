import { refuseConnectionSettings } from "../../io/connection-settings.js";
import type { Platform } from "../../io/platform.js";
import { FetchTransport } from "../web/transport.js";
import { nodeDisk } from "./disk.js";
import { mimeTypeOf } from "./mime.js";
import { servedRequest } from "./served-request.js";
import { NodeTransport } from "./transport.js";

/** Node: connections of our own, the disk, and the environment. */
export const nodePlatform: Platform = {
  createTransport: (settings) => {
    const { fetch: given } = settings;
    if (given === undefined) return new NodeTransport(settings);
    refuseConnectionSettings(settings, "the `fetch` option makes the connections");
    return new FetchTransport(given, {
      redirects: "manual",
      // Only Gradio 3 talks over one.
      openWebSocket: async (request) => await (await import("./socket.js")).openWebSocket(request),
    });
  },
  disk: nodeDisk,
  environment: (name) => process.env[name],
  savedToken: async () => await (await import("./saved-token.js")).savedToken(),
  servedRequest,
  log: (message) => {
    process.stderr.write(`${message}\n`);
  },
  mimeType: mimeTypeOf,
};
