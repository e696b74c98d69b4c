import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { PeerName, Task, Told } from "./task.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A peer's program at its task, in a process of its own. */
export class PeerProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<unknown>;
  #errors = "";
  #attempted = false;

  constructor(peer: PeerName, python: string, task: Task) {
    const programs = {
      ours: [process.execPath, at("programs/ours.js")],
      npm: [process.execPath, at("programs/npm.js")],
      python: [python, at("../../python/peer.py")],
    } as const;
    const [command, program] = programs[peer];
    this.#child = spawn(command, [program, JSON.stringify(task)], {
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...process.env,
        HF_HUB_OFFLINE: "1",
        HF_HUB_DISABLE_TELEMETRY: "1",
        PYTHONDONTWRITEBYTECODE: "1",
      },
    });
    this.#closed = once(this.#child, "close");
    running.add(this.#child);
    const { stdin, stdout, stderr } = this.#child;
    // It may end before it reads.
    stdin?.on("error", () => undefined);
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errors = (this.#errors + text).slice(-8_000);
    });
    if (stdout === null) throw new Error("the program has no output");
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** What the program says next; `undefined` when it ended instead. */
  async told(): Promise<Told | undefined> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) return undefined;
      // A client may print what it likes.
      if (!value.startsWith('{"step"')) continue;
      const told = JSON.parse(value) as Told;
      if (told.step !== "attempt") return told;
      this.#attempted = true;
    }
  }

  /** Whether a connection was refused, or is about to be; noticed while `told` waits. */
  get attempted(): boolean {
    return this.#attempted;
  }

  /** Lets it go on. */
  goOn(): void {
    this.#child.stdin?.write("\n");
  }

  /** The class of the error that it died of. */
  get diedOf(): string {
    const named = /^\s*(?:Uncaught )?(?:\[)?(\w*(?:Error|Exception))\b/m.exec(this.#errors);
    return named?.[1] ?? `exit code ${this.#child.exitCode}`;
  }

  /** What it wrote to its standard error, the end of it. */
  get errors(): string {
    return this.#errors;
  }

  /** Whether it ends by itself within so many milliseconds; afterwards it has ended in any case. */
  async end(patience: number): Promise<boolean> {
    const waiting = new AbortController();
    const ends = await Promise.race([
      this.#closed.then(() => true),
      pause(patience, false, { signal: waiting.signal }).catch(() => false),
    ]);
    waiting.abort();
    if (!ends) this.#child.kill("SIGKILL");
    await this.#closed;
    running.delete(this.#child);
    return ends;
  }
}
