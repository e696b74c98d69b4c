import { fileURLToPath } from "node:url";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { startServerProcess } from "../../server-process/dist/server-process.js";
import { interpreterOf } from "./gradio-versions.js";
import { APP_NAMES } from "./server.js";
import type { AppName, Server, StartedServer } from "./server.js";

const START_LIMIT_MILLISECONDS = 240_000;
const MOUNT_PATH = "/sub/app";
const program = fileURLToPath(new URL("../apps/server.py", import.meta.url));

/** Starts the apps of the tests on one version of Gradio and waits until all of them answer. */
export async function startGradio(version: string): Promise<StartedServer> {
  const ports = await freePorts(APP_NAMES.length);
  const server = describe(version, ports);
  const places = APP_NAMES.map((name, index) => `${name}=${ports[index]}`);
  const end = await startProcess(version, places, Object.values(server.apps));
  return { server, end };
}

/**
 * Starts the main app alone, at a port of the caller's choice; resolves with what ends its process.
 *
 * @param app `"rewritten"`: with another endpoint before all others, which have new numbers by that.
 */
export function startMainApp(
  version: string,
  port: number,
  app: "main" | "rewritten",
): Promise<() => Promise<void>> {
  return startProcess(version, [`${app}=${port}`], [`http://127.0.0.1:${port}`]);
}

/** Starts a process with apps at these places and waits until all of their addresses answer. */
function startProcess(
  version: string,
  places: readonly string[],
  addresses: readonly string[],
): Promise<() => Promise<void>> {
  return startServerProcess({
    command: interpreterOf(version),
    parameters: [program, ...places],
    environment: {
      // State of a closed session goes after a second instead of an hour …
      GRADIO_IS_E2E_TEST: "1",
      // … but heartbeats stay rarer than the quarter second that this would make of them.
      GRADIO_HEARTBEAT_INTERVAL: "2",
    },
    addresses: addresses.map((url) => `${url}/config`),
    startLimit: START_LIMIT_MILLISECONDS,
  });
}

function describe(version: string, ports: readonly number[]): Server {
  const addresses = APP_NAMES.map((name, index): [AppName, string] => [
    name,
    `http://127.0.0.1:${ports[index]}${name === "mounted" ? MOUNT_PATH : ""}`,
  ]);
  const apps = Object.fromEntries(addresses) as Record<AppName, string>;
  return { name: `gradio ${version}`, version, apps };
}
