import { startEmbeddedMain } from "../apps/embedded.js";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { startMainApp } from "../harness/python-server.js";
import type { AppName, Server } from "../harness/server.js";

/** The main app in a process of its own, which can be ended and started anew at the same port. */
export interface RestartableApp extends AsyncDisposable {
  readonly server: Server;
  /** Ends the process, at once and without a word to anybody. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts the app on what another server of the tests runs on. */
export async function startRestartableApp({ name, version }: Server): Promise<RestartableApp> {
  const [port = 0] = await freePorts(1);
  const run = () => (name === "embedded" ? startEmbeddedMain(port) : startMainApp(version, port));
  let end = await run();
  const apps = { main: `http://127.0.0.1:${port}` } as Record<AppName, string>;
  return {
    server: { name, version, apps },
    stop: () => end(),
    start: async () => {
      end = await run();
    },
    [Symbol.asyncDispose]: () => end(),
  };
}
