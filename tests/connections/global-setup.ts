import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { gradioVersions, interpreterOf } from "../harness/gradio-versions.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { startProgram, type Program } from "./support/program.js";

const APPS = ["guarded", "strange", "plain", "second", "rooted"] as const;
/** What is worth asking of versions before 5 too. */
const OLD_APPS = ["guarded", "plain"] as const;

type AppName = (typeof APPS)[number];

/** The apps of apps.py on one version of Gradio: the port of each. */
export interface ConnectionApps<Name extends AppName = AppName> {
  readonly version: string;
  readonly ports: Readonly<Record<Name, number>>;
}

declare module "vitest" {
  interface ProvidedContext {
    connectionApps: readonly ConnectionApps[];
    oldConnectionApps: readonly ConnectionApps<(typeof OLD_APPS)[number]>[];
  }
}

const program = fileURLToPath(new URL("apps/apps.py", import.meta.url));

/** Starts the apps on the newest Gradio of each major version, once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder();
  const programs: Program[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(programs.map((started) => started.end()));
    await folder[Symbol.asyncDispose]();
  };
  const start = async <Name extends AppName>(
    version: string,
    names: readonly Name[],
  ): Promise<ConnectionApps<Name>> => {
    const numbers = await freePorts(names.length);
    const places = names.map((name, at) => `${name}=${numbers[at]}`);
    programs.push(
      await startProgram(interpreterOf(version), [program, ...places], numbers, {
        GRADIO_TEMP_DIR: folder.path,
        TMPDIR: folder.path,
        PYTHONDONTWRITEBYTECODE: "1",
      }),
    );
    const ports = Object.fromEntries(names.map((name, at) => [name, numbers[at]]));
    return { version, ports: ports as Record<Name, number> };
  };
  try {
    const apps: ConnectionApps[] = [];
    const newest = newestOfEachMajor();
    for (const version of newest.slice(0, 2)) apps.push(await start(version, APPS));
    project.provide("connectionApps", apps);
    const old = await Promise.all(newest.slice(2).map((version) => start(version, OLD_APPS)));
    project.provide("oldConnectionApps", old);
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * The newest version of each major one, newest first. A machine whose Python old versions do not work
 * with can test the others: `npm test` names what it leaves out.
 */
function newestOfEachMajor(): string[] {
  const there = gradioVersions.versions.map(({ version }) => version).filter(isThere);
  const majors = new Set(there.map((version) => version.split(".", 1)[0]));
  return [...majors].map((major) => there.find((one) => one.startsWith(`${major}.`)) ?? "");
}

const isThere = (version: string): boolean => existsSync(interpreterOf(version));
