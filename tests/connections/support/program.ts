import { spawn } from "node:child_process";
import { createConnection } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const START_LIMIT_MILLISECONDS = 90_000;
const END_LIMIT_MILLISECONDS = 5_000;

/** A program that serves on ports of this machine. */
export interface Program {
  end(): Promise<void>;
}

/** Starts a program and waits until it listens on all of these ports. */
export async function startProgram(
  command: string,
  parameters: readonly string[],
  ports: readonly number[],
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  // Its standard input stays open as long as this process lives.
  const child = spawn(command, parameters, { stdio: "pipe", env: { ...process.env, ...env } });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-4000)));
  }
  let ended: string | undefined;
  const ending = new Promise<void>((resolve) => {
    const over = (how: string): void => {
      ended = how;
      resolve();
    };
    child.once("error", (error) => over(error.message));
    child.once("exit", (code, signal) => over(String(code ?? signal)));
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    const timer = setTimeout(kill, END_LIMIT_MILLISECONDS);
    await ending;
    clearTimeout(timer);
    process.off("exit", kill);
  };
  const deadline = Date.now() + START_LIMIT_MILLISECONDS;
  for (const port of ports) {
    while (!(await listens(port))) {
      if (ended !== undefined || Date.now() > deadline) {
        await end();
        throw new Error(`${command} does not listen on ${port} (${ended ?? "it runs"})\n${log}`);
      }
      await pause(50);
    }
  }
  return { end };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.end());
  });
}
