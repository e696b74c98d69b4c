import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Task } from "./programs.js";
import type { Order, Round } from "./turn.js";

/** Who takes part; the first one is what the others are compared with. */
export const contestantNames = ["floor", "ours", "npm", "python"] as const;
export type ContestantName = (typeof contestantNames)[number];

const endLimit = 10_000;
const nodeProgram = fileURLToPath(new URL("contestant-process.js", import.meta.url));
const pythonProgram = fileURLToPath(new URL("../python/contestant.py", import.meta.url));
/** No contestant shall call home, or look things up on the Hub. */
const quiet = {
  GRADIO_ANALYTICS_ENABLED: "False",
  HF_HUB_OFFLINE: "1",
  HF_HUB_DISABLE_TELEMETRY: "1",
};

/** How contestants are started. */
export interface Launcher {
  readonly python: string;
  /** Where they put temporary files. */
  readonly temporary: string;
  /** Further parameters for Node, such as `--cpu-prof`. */
  readonly nodeParameters: readonly string[];
}

/** A contestant in a process of its own, ready to do rounds. */
export class Contestant {
  readonly name: ContestantName;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #log = "";

  private constructor(name: ContestantName, task: Task, launcher: Launcher) {
    const { python, temporary, nodeParameters } = launcher;
    const [command, ...parameters] =
      name === "python"
        ? [python, pythonProgram]
        : [process.execPath, "--expose-gc", ...nodeParameters, nodeProgram, name];
    const child = spawn(command as string, [...parameters, JSON.stringify(task)], {
      // Its standard input ends with this process, and it with that.
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...quiet, TMPDIR: temporary, GRADIO_TEMP_DIR: temporary },
    });
    child.stdin?.on("error", () => undefined);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#log = (this.#log + text).slice(-4000);
    });
    this.name = name;
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]();
  }

  /** Starts it; resolves when it has set its program up. */
  static async start(name: ContestantName, task: Task, launcher: Launcher): Promise<Contestant> {
    const contestant = new Contestant(name, task, launcher);
    try {
      await contestant.#answer();
      return contestant;
    } catch (error) {
      await contestant.end();
      throw error;
    }
  }

  /** One round; rejects when it takes longer than `limit` seconds, or the process ends. */
  async round(
    count: number,
    limit: number,
    { clears = false, weighs = false }: Partial<Omit<Order, "count">> = {},
  ): Promise<Round> {
    const order: Order = { count, clears, weighs };
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#child.kill("SIGKILL");
    }, limit * 1000);
    try {
      return (await this.#answer()) as Round;
    } catch (error) {
      throw late ? new Error(`not done in ${limit} s`, { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, politely first. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.stdin?.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), endLimit);
    await ended;
    clearTimeout(timer);
  }

  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done !== true) return JSON.parse(value);
    throw new Error(`${this.name} ended before it had answered.\n${this.#log}`);
  }
}
