import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A real Gradio, and `@gradio-kit/testing`. */
export type ServerName = "gradio" | "stub";
export type AppName = "small" | "large";

/** The apps of one server: their addresses, without trailing slashes. */
export type Apps = Readonly<Record<AppName, string>>;

export interface Server extends AsyncDisposable {
  readonly apps: Apps;
}

const startLimit = 180_000;
const endLimit = 10_000;
const gradioProgram = fileURLToPath(new URL("../python/app.py", import.meta.url));
const stubProgram = fileURLToPath(new URL("stub-server.js", import.meta.url));

/** The apps on a real Gradio. */
export function startGradio(python: string, files: string, temporary: string): Promise<Server> {
  return start(python, gradioProgram, {
    BENCH_FILES: files,
    GRADIO_TEMP_DIR: temporary,
    GRADIO_ANALYTICS_ENABLED: "False",
    HF_HUB_OFFLINE: "1",
    HF_HUB_DISABLE_TELEMETRY: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  });
}

/** The apps on `@gradio-kit/testing`, which answers faster than a real one. */
export const startStub = (): Promise<Server> => start(process.execPath, stubProgram, {});

async function start(
  command: string,
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<Server> {
  const [small, large] = [await freePort(), await freePort()];
  const child = spawn(command, [program, `small=${small}`, `large=${large}`], {
    // It ends when its standard input does: whatever happens to this process, it never outlives it.
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  const log = keepLog(child);
  const end = (): Promise<void> => endProcess(child);
  const apps: Apps = { small: `http://127.0.0.1:${small}`, large: `http://127.0.0.1:${large}` };
  try {
    for (const url of Object.values(apps)) await waitUntilServed(url, child);
    return { apps, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw new Error(`The server of ${program} did not start.\n${log()}`, { cause: error });
  }
}

async function waitUntilServed(url: string, child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(startLimit);
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/gradio_api/info`, { signal }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await pause(100, undefined, { signal });
  }
  throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  return port;
}

function keepLog(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-4000);
  });
  return () => tail;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.stdin?.end();
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), endLimit);
  await ended;
  clearTimeout(timer);
}
