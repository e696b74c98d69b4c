import type { Platform } from "../../io/platform.js";
import { FetchTransport } from "../web/transport.js";
import { nodeDisk } from "./disk.js";
import { mimeTypeOf } from "./mime.js";
import { openWebSocket } from "./socket.js";
import { NodeTransport } from "./transport.js";

/** Node: connections of our own, the disk, and the environment. */
export const nodePlatform: Platform = {
  createTransport: ({ fetch: given }) =>
    given === undefined ? new NodeTransport() : new FetchTransport(given),
  openWebSocket,
  disk: nodeDisk,
  environment: (name) => process.env[name],
  log: (message) => {
    process.stderr.write(`${message}\n`);
  },
  mimeType: mimeTypeOf,
};
