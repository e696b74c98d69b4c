import { refuseConnectionSettings } from "../../io/connection-settings.js";
import type { Platform, Transport } from "../../io/platform.js";
import { FetchTransport } from "./transport.js";

/** Browsers, workers and every other runtime with the web's interfaces. */
export const webPlatform: Platform = {
  createTransport: (settings) => {
    refuseConnectionSettings(settings, "this runtime makes the connections by itself");
    const { fetch: given } = settings;
    return new FetchTransport(given ?? runtimeFetch, {
      fewConnections: true,
      openWebSocket,
      uploadProgress: given === undefined,
      forbidsHeaders: given === undefined,
    });
  },
  disk: undefined,
  environment: () => undefined,
  log: (message) => console.info(message),
  mimeType: () => undefined,
};

/** Only Gradio 3 talks over one. */
const openWebSocket: Transport["openWebSocket"] = async (request) => {
  const { converse, socketUrl } = await import("./socket.js");
  return await converse(new WebSocket(socketUrl(request)), request);
};

/** The runtime's own `fetch`, with the one error that the standard has for a failed request. */
const runtimeFetch: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (error) {
    // workerd throws a plain `Error` instead, which could as well be a mistake of ours.
    if (error instanceof TypeError || init?.signal?.aborted === true) throw error;
    throw new TypeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};
