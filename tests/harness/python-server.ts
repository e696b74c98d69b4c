import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePorts } from "./free-ports.js";
import { interpreterOf } from "./gradio-versions.js";
import { APP_NAMES } from "./server.js";
import type { AppName, Server, StartedServer } from "./server.js";

const START_LIMIT_MILLISECONDS = 240_000;
const END_LIMIT_MILLISECONDS = 10_000;
const LOG_TAIL_CHARACTERS = 4_000;
const MOUNT_PATH = "/sub/app";
const program = fileURLToPath(new URL("../apps/server.py", import.meta.url));

/** Starts the apps of the tests on one version of Gradio and waits until all of them answer. */
export async function startGradio(version: string): Promise<StartedServer> {
  const ports = await freePorts(APP_NAMES.length);
  const server = describe(version, ports);
  const places = APP_NAMES.map((name, index) => `${name}=${ports[index]}`);
  const end = await startProcess(version, places, Object.values(server.apps));
  return { server, end };
}

/** Starts the main app alone, at a port of the caller's choice; resolves with what ends its process. */
export function startMainApp(version: string, port: number): Promise<() => Promise<void>> {
  return startProcess(version, [`main=${port}`], [`http://127.0.0.1:${port}`]);
}

/** Starts a process with apps at these places and waits until all of their addresses answer. */
async function startProcess(
  version: string,
  places: readonly string[],
  addresses: readonly string[],
): Promise<() => Promise<void>> {
  const temporary = await mkdtemp(join(tmpdir(), "gradio-kit-server-"));
  const child = spawn(interpreterOf(version), [program, ...places], {
    // Its standard input stays open as long as this process lives: the server ends with it.
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      GRADIO_ANALYTICS_ENABLED: "False",
      HF_HUB_OFFLINE: "1",
      HF_HUB_DISABLE_TELEMETRY: "1",
      GRADIO_TEMP_DIR: temporary,
      // What the apps themselves write goes away with the rest.
      TMPDIR: temporary,
      // State of a closed session goes after a second instead of an hour …
      GRADIO_IS_E2E_TEST: "1",
      // … but heartbeats stay rarer than the quarter second that this would make of them.
      GRADIO_HEARTBEAT_INTERVAL: "2",
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
    },
  });
  const log = keepLog(child);
  const killWithUs = () => {
    child.kill("SIGKILL");
    rmSync(temporary, { recursive: true, force: true });
  };
  process.once("exit", killWithUs);
  const end = async () => {
    await endProcess(child);
    process.off("exit", killWithUs);
    await rm(temporary, { recursive: true, force: true });
  };
  try {
    const deadline = Date.now() + START_LIMIT_MILLISECONDS;
    for (const url of addresses) await waitUntilServed(url, child, deadline);
    return end;
  } catch (error) {
    await end();
    throw new Error(`Gradio ${version} did not start.\n${log()}`, { cause: error });
  }
}

function describe(version: string, ports: readonly number[]): Server {
  const addresses = APP_NAMES.map((name, index): [AppName, string] => [
    name,
    `http://127.0.0.1:${ports[index]}${name === "mounted" ? MOUNT_PATH : ""}`,
  ]);
  const apps = Object.fromEntries(addresses) as Record<AppName, string>;
  return { name: `gradio ${version}`, version, apps };
}

async function waitUntilServed(url: string, child: ChildProcess, deadline: number): Promise<void> {
  let reason: unknown;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
    try {
      const answer = await fetch(`${url}/config`, { signal: AbortSignal.timeout(5_000) });
      await answer.arrayBuffer();
      if (answer.ok) return;
      reason = answer.status;
    } catch (error) {
      // Not listening yet.
      reason = error;
    }
    await pause(100);
  }
  throw new Error(`${url} did not answer`, { cause: reason });
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function keepLog(child: ChildProcess): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => {
      tail = (tail + text).slice(-LOG_TAIL_CHARACTERS);
    });
  }
  return () => tail;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), END_LIMIT_MILLISECONDS);
  await ended;
  clearTimeout(timer);
}
