import type { Platform } from "../../io/platform.js";
import { FetchTransport } from "./transport.js";

/** Browsers, workers and every other runtime with the web's interfaces. */
export const webPlatform: Platform = {
  createTransport: ({ fetch: given }) => new FetchTransport(given ?? fetch.bind(globalThis)),
  disk: undefined,
  environment: () => undefined,
  log: (message) => console.info(message),
  mimeType: () => undefined,
};
