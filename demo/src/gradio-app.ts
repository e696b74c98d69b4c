import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The app of the tour on a real Gradio. */
export interface GradioApp extends AsyncDisposable {
  readonly url: string;
}

const program = fileURLToPath(new URL("../tour_app.py", import.meta.url));
/** Importing Gradio takes long on a busy machine. */
const startLimit = 90_000;
const endLimit = 10_000;

/** Starts it with this Python on a free port and waits until it answers. */
export async function startGradioApp(python: string, signal: AbortSignal): Promise<GradioApp> {
  const port = await freePort();
  const temporary = await mkdtemp(join(tmpdir(), "gradio-kit-demo-"));
  const child = spawn(python, [program, String(port)], {
    // It ends when its standard input does: whatever happens to this process, it never outlives it.
    stdio: ["pipe", "ignore", "pipe"],
    // A group of its own: Ctrl-C in the terminal is for the tour, which ends it in good order.
    detached: process.platform !== "win32",
    env: { ...process.env, GRADIO_TEMP_DIR: temporary, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const log = keepLog(child);
  const end = async (): Promise<void> => {
    await endProcess(child);
    await rm(temporary, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await waitUntilServed(url, child, signal);
    return { url, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    signal.throwIfAborted();
    throw new Error(`The Gradio app did not start.\n${log()}`, { cause: error });
  }
}

async function waitUntilServed(
  url: string,
  child: ChildProcess,
  signal: AbortSignal,
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(startLimit)]);
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/config`, { signal: limit }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await pause(100, undefined, { signal: limit });
  }
  throw new Error(`python ended with ${child.exitCode ?? child.signalCode}`);
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
