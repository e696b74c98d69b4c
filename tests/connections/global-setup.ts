import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { freePorts } from "../harness/free-ports.js";
import { gradioVersions, interpreterOf } from "../harness/gradio-versions.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { startProgram, type Program } from "./support/program.js";

const APPS = ["guarded", "strange", "plain", "second", "rooted"] as const;

/** The apps of apps.py on one version of Gradio: the port of each. */
export interface ConnectionApps {
  readonly version: string;
  readonly ports: Readonly<Record<(typeof APPS)[number], number>>;
}

declare module "vitest" {
  interface ProvidedContext {
    connectionApps: readonly ConnectionApps[];
  }
}

const program = fileURLToPath(new URL("apps/apps.py", import.meta.url));

/** Starts the apps on the newest Gradio and on the newest 5.x, once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const versions = [
    gradioVersions.newest,
    ...gradioVersions.versions.map(({ version }) => version).filter((v) => v.startsWith("5.")),
  ].slice(0, 2);
  const folder = await temporaryFolder();
  const programs: Program[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(programs.map((started) => started.end()));
    await folder[Symbol.asyncDispose]();
  };
  try {
    const apps: ConnectionApps[] = [];
    for (const version of versions) {
      const numbers = await freePorts(APPS.length);
      const ports = Object.fromEntries(APPS.map((name, at) => [name, numbers[at]]));
      const places = APPS.map((name, at) => `${name}=${numbers[at]}`);
      programs.push(
        await startProgram(interpreterOf(version), [program, ...places], numbers, {
          GRADIO_TEMP_DIR: folder.path,
          TMPDIR: folder.path,
          PYTHONDONTWRITEBYTECODE: "1",
        }),
      );
      apps.push({ version, ports: ports as ConnectionApps["ports"] });
    }
    project.provide("connectionApps", apps);
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}
