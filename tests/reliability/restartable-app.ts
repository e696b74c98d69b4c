import { setTimeout as pause } from "node:timers/promises";
import { startEmbeddedMain } from "../apps/embedded.js";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { startMainApp } from "../harness/python-server.js";
import type { AppName, Server } from "../harness/server.js";

/** No Gradio starts sooner: a client takes an app that is back in less time for the same one. */
const START_MILLISECONDS = 1_200;

/** The main app in a process of its own, which can be ended and started anew at the same port. */
export interface RestartableApp extends AsyncDisposable {
  readonly server: Server;
  /** Ends the process, at once and without a word to anybody. */
  stop(): Promise<void>;
  /** @param app `"rewritten"`: all endpoints have other numbers than before. */
  start(app?: "main" | "rewritten"): Promise<void>;
}

/** Starts the app on what another server of the tests runs on. */
export async function startRestartableApp({ name, version }: Server): Promise<RestartableApp> {
  const [port = 0] = await freePorts(1);
  const run = (app: "main" | "rewritten") =>
    name === "embedded" ? startEmbeddedMain(port, app) : startMainApp(version, port, app);
  let end = await run("main");
  const apps = { main: `http://127.0.0.1:${port}` } as Record<AppName, string>;
  return {
    server: { name, version, apps },
    stop: () => end(),
    start: async (app = "main") => {
      if (name === "embedded") await pause(START_MILLISECONDS);
      end = await run(app);
    },
    [Symbol.asyncDispose]: () => end(),
  };
}
