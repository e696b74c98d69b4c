import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const LIMIT_MILLISECONDS = 110_000;

export interface Outcome {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs a program of tests/programs as a process of its own, until it ends by itself. */
export function runProgram(name: string, ...parameters: string[]): Promise<Outcome> {
  const program = fileURLToPath(new URL(`../programs/${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [program, ...parameters], {
    stdio: ["ignore", "pipe", "pipe"],
    // A process that hangs is ended, and its exit code is then no 0.
    timeout: LIMIT_MILLISECONDS,
    killSignal: "SIGKILL",
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) =>
      resolve({ exitCode, lines: output.split("\n").filter((line) => line !== ""), errors }),
    );
  });
}
