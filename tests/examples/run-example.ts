import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const LIMIT_MILLISECONDS = 50_000;

/** The folder of an example. */
export function exampleFolder(name: string): string {
  return fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
}

function start(name: string, parameters: readonly string[], env: object = {}): ChildProcess {
  return spawn(process.execPath, ["main.mjs", ...parameters], {
    cwd: exampleFolder(name),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    timeout: LIMIT_MILLISECONDS,
    killSignal: "SIGKILL",
  });
}

/** Runs an example until it ends by itself. */
export async function runExample(
  name: string,
  parameters: readonly string[],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = start(name, parameters);
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  // What a client says of itself is no part of what an example says.
  const stderr = output.stderr.replace(/^Loaded as API: .*\n/m, "");
  return { code, stdout: output.stdout, stderr };
}

/** Starts an example that serves; its address is the first thing that it prints. */
export async function serveExample(
  name: string,
  parameters: readonly string[],
): Promise<AsyncDisposable & { readonly url: string }> {
  const child = start(name, parameters, { PORT: "0" });
  const ended = once(child, "close");
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const first = await new Promise<string>((resolve) => {
    child.stdout?.setEncoding("utf8").once("data", resolve);
    child.once("close", () => resolve(""));
  });
  if (first === "") throw new Error(`${name} did not start\n${stderr}`);
  return {
    url: first.trim(),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
