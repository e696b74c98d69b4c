import { fileURLToPath } from "node:url";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { startServerProcess } from "../../server-process/dist/server-process.js";

/** A real Gradio, and `@gradio-kit/testing`. */
export type ServerName = "gradio" | "stub";
export type AppName = "small" | "large";

/** The apps of one server: their addresses, without trailing slashes. */
export type Apps = Readonly<Record<AppName, string>>;

export interface Server extends AsyncDisposable {
  readonly apps: Apps;
}

const startLimit = 180_000;
const gradioProgram = fileURLToPath(new URL("../python/app.py", import.meta.url));
const stubProgram = fileURLToPath(new URL("stub-server.js", import.meta.url));

/** The apps on a real Gradio. */
export function startGradio(python: string, files: string, temporary: string): Promise<Server> {
  return start(python, gradioProgram, { BENCH_FILES: files, GRADIO_TEMP_DIR: temporary });
}

/** The apps on `@gradio-kit/testing`, which answers faster than a real one. */
export const startStub = (): Promise<Server> => start(process.execPath, stubProgram, {});

async function start(
  command: string,
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const [small, large] = (await freePorts(2)) as [number, number];
  const apps: Apps = { small: `http://127.0.0.1:${small}`, large: `http://127.0.0.1:${large}` };
  const end = await startServerProcess({
    command,
    parameters: [program, `small=${small}`, `large=${large}`],
    environment,
    addresses: Object.values(apps).map((url) => `${url}/gradio_api/info`),
    startLimit,
  });
  return { apps, [Symbol.asyncDispose]: end };
}
