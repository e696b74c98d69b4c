import { fileURLToPath } from "node:url";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { startServerProcess } from "../../server-process/dist/server-process.js";

/** The app of the tour on a real Gradio. */
export interface GradioApp extends AsyncDisposable {
  readonly url: string;
}

const program = fileURLToPath(new URL("../tour_app.py", import.meta.url));
const startLimit = 90_000;

/** Starts it with this Python on a free port and waits until it answers. */
export async function startGradioApp(python: string, signal: AbortSignal): Promise<GradioApp> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const end = await startServerProcess({
    command: python,
    parameters: [program, String(port)],
    addresses: [`${url}/config`],
    startLimit,
    signal,
  });
  return { url, [Symbol.asyncDispose]: end };
}
