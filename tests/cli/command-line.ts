import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../packages/cli/bin/gradio-kit.js", import.meta.url));
const limitMilliseconds = 40_000;

/** What a command wrote and how it ended. */
export interface Ended {
  /** `"killed"` when it had to be. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running extends AsyncDisposable {
  readonly ended: Promise<Ended>;
  /** Resolves when this text was written to stdout or stderr. */
  written(text: string): Promise<void>;
  /** As Ctrl-C does. */
  interrupt(): void;
  /** Reads no further, as `head` does. */
  closeOutput(): void;
}

/** Runs `gradio-kit` with these words to its end. */
export async function gradioKit(...words: readonly string[]): Promise<Ended> {
  return await gradioKitIn({}, ...words);
}

/** The same in a folder, an environment, or with something on standard input. */
export async function gradioKitIn(place: Place, ...words: readonly string[]): Promise<Ended> {
  await using command = startGradioKit(words, place);
  return await command.ended;
}

/** How a command is started. */
export interface Place {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** What comes from standard input. Default: nothing. */
  readonly input?: string | Uint8Array;
}

/** Starts `gradio-kit`, in a pipe; it is ended with the test, or when it takes too long. */
export function startGradioKit(words: readonly string[], place: Place = {}): Running {
  return start([process.execPath, bin, ...words], place);
}

/** Runs a line in a shell to its end. */
export async function runShell(line: string, place: Place): Promise<Ended> {
  await using command = start(["sh", "-c", line], place);
  return await command.ended;
}

/** Makes `gradio-kit` a program in a folder of its own; gives what `PATH` has to be. */
export async function installIn(folder: string): Promise<string> {
  const programs = join(folder, "bin");
  await mkdir(programs);
  const program = join(programs, "gradio-kit");
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`, {
    mode: 0o755,
  });
  return `${programs}${delimiter}${process.env["PATH"]}`;
}

function start([program = "", ...words]: readonly string[], { cwd, env, input }: Place): Running {
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: limitMilliseconds,
    killSignal: "SIGKILL",
  });
  // Whoever ends without reading it does no harm.
  child.stdin.on("error", () => {}).end(input);
  const output = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      for (const look of watchers) look();
    });
  }
  const ended = once(child, "close").then(([code]): Ended => ({
    ...output,
    code: code ?? "killed",
  }));
  return {
    ended,
    written: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!`${output.stdout}${output.stderr}`.includes(text)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        void ended.then(({ stderr }) => reject(new Error(`never written: ${text}\n${stderr}`)));
        look();
      }),
    interrupt: () => void child.kill("SIGINT"),
    closeOutput: () => void child.stdout.destroy(),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
