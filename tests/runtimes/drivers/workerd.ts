import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as esbuild from "esbuild";
import { freePorts } from "../../../server-process/dist/free-ports.js";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import { readOutcome, type Outcome, type Place } from "../outcome.js";
import { packedClient, type Runtime } from "../runtimes.js";

const START_LIMIT_MILLISECONDS = 20_000;
const LIMIT_MILLISECONDS = 90_000;

/** Without the flag `nodejs_compat`: there is nothing of Node in it. */
const config = (port: number): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-11-01",
);
`;

/** Runs the program in a worker of workerd, bundled as deployments to Cloudflare are. */
export async function runInWorkerd(
  runtime: Runtime & { readonly program: string },
  place: Place,
): Promise<Outcome> {
  await using folder = await temporaryFolder();
  const { warnings } = await esbuild.build({
    entryPoints: [join(packedClient, "program", "worker.mjs")],
    outfile: join(folder.path, "worker.js"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "silent",
  });
  const [port = 0] = await freePorts(1);
  const file = join(folder.path, "config.capnp");
  await writeFile(file, config(port));
  const child = spawn(runtime.program, ["serve", file], { stdio: ["ignore", "ignore", "pipe"] });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const over = new Promise((resolve) => child.once("close", resolve));
  let errors = warnings.map(({ text }) => `bundler: ${text}`).join("\n");
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  try {
    const answer = await ask(`http://127.0.0.1:${port}/`, place);
    const { text, whole } = await readAll(answer);
    return readOutcome(text, whole && errors === "", errors);
  } finally {
    child.kill("SIGKILL");
    await over;
    process.off("exit", killWithUs);
  }
}

/** Asks until it listens. */
async function ask(url: string, place: Place): Promise<Response> {
  const deadline = Date.now() + START_LIMIT_MILLISECONDS;
  const signal = AbortSignal.timeout(LIMIT_MILLISECONDS);
  for (;;) {
    try {
      return await fetch(url, { method: "POST", body: JSON.stringify(place), signal });
    } catch (error) {
      // Not listening yet, for a while.
      if (Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}

async function readAll(answer: Response): Promise<{ text: string; whole: boolean }> {
  let text = "";
  try {
    const pieces = answer.body?.pipeThrough(new TextDecoderStream()) ?? [];
    for await (const piece of pieces) text += piece;
    return { text, whole: true };
  } catch {
    // Cut off, or out of time: what came until then counts.
    return { text, whole: false };
  }
}
