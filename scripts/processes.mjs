/**
 * Child processes that never outlive this one: each leads a process group of its own, and the
 * whole group is ended on failure, on Ctrl-C and when the time for everything is up.
 */
import { spawn } from "node:child_process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** How long a process may take to end by itself before it is killed. */
const GRACE_MILLISECONDS = 12_000;

let ending = false;

/** Whether `endAll` was called: what fails from then on was ended, and is no failure of its own. */
export const isEnding = () => ending;

export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} outcome
   * @param {string} output
   */
  constructor(command, outcome, output) {
    super(`${command}: ${outcome}`);
    this.output = output;
  }
}

/**
 * Runs a command to its end and resolves with what it wrote.
 *
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options]
 *   `show` lets the command write to the terminal instead of being kept for a failure.
 * @returns {Promise<string>}
 */
export function run(command, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", options.show ? "inherit" : "pipe", options.show ? "inherit" : "pipe"],
      detached: process.platform !== "win32",
      shell: process.platform === "win32",
    });
    running.add(child);
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const line = [command, ...parameters].join(" ");
    child.once("error", (error) => {
      running.delete(child);
      reject(new CommandError(line, error.message, ""));
    });
    child.once("close", (code, signal) => {
      running.delete(child);
      const output = Buffer.concat(chunks).toString("utf8");
      if (code === 0) resolve(output);
      else reject(new CommandError(line, signal ?? `exit code ${code}`, output));
    });
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // The group may have ended between the check and the signal: that is what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/** Ends every process that still runs, politely first. */
export async function endAll() {
  ending = true;
  const children = [...running];
  const ended = Promise.all(
    children.map((child) => new Promise((resolve) => child.once("close", resolve))),
  );
  for (const child of children) signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => {
    for (const child of children) if (running.has(child)) signalGroup(child, "SIGKILL");
  }, GRACE_MILLISECONDS);
  await ended;
  clearTimeout(timer);
}
