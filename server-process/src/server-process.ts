import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A program that serves HTTP, and ends when its standard input does. */
export interface ServerProgram {
  readonly command: string;
  readonly parameters: readonly string[];
  /** Beside what this process has. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What answers with success as soon as it is ready. */
  readonly addresses: readonly string[];
  /** How long it may take until then, in milliseconds: importing Gradio takes long on a busy machine. */
  readonly startLimit: number;
  readonly signal?: AbortSignal;
}

const answerLimit = 5_000;
const endLimit = 10_000;
const logLength = 4_000;

/**
 * Starts it in a process of its own, which never outlives this one, and waits until it answers;
 * resolves with what ends it. What it writes to disk goes away with it.
 */
export async function startServerProcess(program: ServerProgram): Promise<() => Promise<void>> {
  const temporary = await mkdtemp(join(tmpdir(), "gradio-kit-server-"));
  const child = spawn(program.command, program.parameters, {
    // Standard input is open as long as this process lives.
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own: Ctrl-C is for this process, which ends it in good order.
    detached: process.platform !== "win32",
    env: {
      ...process.env,
      TMPDIR: temporary,
      GRADIO_TEMP_DIR: temporary,
      GRADIO_ANALYTICS_ENABLED: "False",
      HF_HUB_OFFLINE: "1",
      HF_HUB_DISABLE_TELEMETRY: "1",
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
      ...program.environment,
    },
  });
  const log = keepLog(child);
  const killWithUs = (): void => {
    child.kill("SIGKILL");
    rmSync(temporary, { recursive: true, force: true });
  };
  process.once("exit", killWithUs);
  const end = async (): Promise<void> => {
    await endProcess(child);
    process.off("exit", killWithUs);
    await rm(temporary, { recursive: true, force: true });
  };
  try {
    const deadline = Date.now() + program.startLimit;
    for (const address of program.addresses)
      await waitUntilServed(address, child, deadline, program.signal);
    return end;
  } catch (error) {
    await end();
    program.signal?.throwIfAborted();
    const line = [program.command, ...program.parameters].join(" ");
    throw new Error(`${line} did not start.\n${log()}`, { cause: error });
  }
}

async function waitUntilServed(
  address: string,
  child: ChildProcess,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  let reason: unknown;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (hasEnded(child)) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(answerLimit) });
      await answer.arrayBuffer();
      if (answer.ok) return;
      reason = answer.status;
    } catch (error) {
      // Not listening yet.
      reason = error;
    }
    await pause(100);
  }
  throw new Error(`${address} did not answer`, { cause: reason });
}

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function keepLog(child: ChildProcess): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      tail = (tail + text).slice(-logLength);
    });
  }
  // A program that cannot be started at all says so here.
  child.once("error", (error) => {
    tail += error.message;
  });
  return () => tail;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.stdin?.end();
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), endLimit);
  await ended;
  clearTimeout(timer);
}
