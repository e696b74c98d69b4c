import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import { readOutcome, type Outcome, type Place } from "../outcome.js";
import { packedClient, type Runtime } from "../runtimes.js";

const LIMIT_MILLISECONDS = 90_000;

/** The parameters in front of a program's own, by runtime. */
const START: Partial<Record<Runtime["kind"], readonly string[]>> = {
  node: [],
  bun: [],
  // What the library needs and nothing else. It asks for no other permission.
  deno: [
    "run",
    "--no-prompt",
    "--allow-net",
    "--allow-env",
    "--allow-read",
    "--allow-write",
    "--allow-sys=uid,gid",
  ],
};

/** Runs the scenarios as a process of their own, with a disk, until it ends by itself. */
export async function runOnCommandLine(
  runtime: Runtime & { readonly program: string },
  place: Place,
): Promise<Outcome> {
  await using temporary = await temporaryFolder();
  const folder = join(temporary.path, "files");
  await mkdir(folder);
  await writeFile(join(folder, "given.txt"), "given");
  return await runProgram(runtime, "main.mjs", { ...place, folder });
}

/** Runs one of the programs beside the packed library. */
export async function runProgram(
  runtime: Runtime & { readonly program: string },
  name: string,
  place: object,
): Promise<Outcome> {
  const program = join(packedClient, "program", name);
  const parameters = [...(START[runtime.kind] ?? []), program, JSON.stringify(place)];
  return await runProcess(runtime.program, parameters);
}

function runProcess(program: string, parameters: readonly string[]): Promise<Outcome> {
  const child = spawn(program, parameters, {
    cwd: packedClient,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      // Deno reads what it names only with all of the system's permissions.
      NODE_EXTRA_CA_CERTS: undefined,
      DENO_DIR: fileURLToPath(new URL("../../../.cache/deno", import.meta.url)),
      DENO_NO_UPDATE_CHECK: "1",
    },
    timeout: LIMIT_MILLISECONDS,
    killSignal: "SIGKILL",
  });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("exit", killWithUs);
      const end = `it ended with ${signal ?? `exit code ${code}`}\n${errors}`;
      resolve(readOutcome(output, code === 0, end));
    });
  });
}
