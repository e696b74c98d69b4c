import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import * as os from "node:os";
import { promisify } from "node:util";

const askPython = `
import importlib.metadata as m, platform
print(platform.python_version(), m.version("gradio"), m.version("gradio_client"))`;

/** What the figures depend on: the machine and the versions, without names and paths. */
export async function describeRun(python: string): Promise<string> {
  const { stdout } = await promisify(execFile)(python, ["-c", askPython]);
  const [pythonVersion, gradio, pythonClient] = stdout.trim().split(" ");
  const processors = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const busy = (os.loadavg()[0] ?? 0).toFixed(1);
  return [
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${processors.length} cores (${processors[0]?.model.trim() ?? "unknown"}), ${memory} GB of memory, ${process.platform} ${process.arch}; load at the start: ${busy}`,
    `- Node ${process.versions.node}, Python ${pythonVersion}`,
    `- server: Gradio ${gradio}; stub: \`@gradio-kit/testing\` ${await versionOf("@gradio-kit/testing")}`,
    `- \`@gradio-kit/client\` ${await versionOf("@gradio-kit/client")}, \`@gradio/client\` ${await versionOf("@gradio/client")}, \`gradio_client\` ${pythonClient}`,
  ].join("\n");
}

async function versionOf(name: string): Promise<string> {
  const manifest = new URL(import.meta.resolve(`${name}/package.json`));
  return (JSON.parse(await readFile(manifest, "utf8")) as { readonly version: string }).version;
}
