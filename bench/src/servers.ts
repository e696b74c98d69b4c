import { fileURLToPath } from "node:url";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { startServerProcess } from "../../server-process/dist/server-process.js";

/** A real Gradio, and `@gradio-kit/testing`. */
export type ServerName = "gradio" | "stub";
export type AppName = "small" | "large";

/** The apps of one server: their addresses, without trailing slashes. */
export type Apps<Name extends string = AppName> = Readonly<Record<Name, string>>;

export interface Server<Name extends string = AppName> extends AsyncDisposable {
  readonly apps: Apps<Name>;
}

/** What a real Gradio is to serve, and how. */
export interface GradioPlan<Name extends string> {
  readonly python: string;
  /** Names of apps in python/app.py. */
  readonly apps: readonly Name[];
  /** The folder of the files that the apps send. */
  readonly files: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const startLimit = 180_000;
const gradioProgram = fileURLToPath(new URL("../python/app.py", import.meta.url));
const stubProgram = fileURLToPath(new URL("stub-server.js", import.meta.url));

/** Apps on a real Gradio. */
export function startGradio<Name extends string>(plan: GradioPlan<Name>): Promise<Server<Name>> {
  return start(plan.python, gradioProgram, plan.apps, {
    BENCH_FILES: plan.files,
    ...plan.environment,
  });
}

/** The apps of the benchmark. */
export const appNames: readonly AppName[] = ["small", "large"];

/** The apps on `@gradio-kit/testing`, which answers faster than a real one. */
export const startStub = (): Promise<Server> => start(process.execPath, stubProgram, appNames, {});

async function start<Name extends string>(
  command: string,
  program: string,
  names: readonly Name[],
  environment: Readonly<Record<string, string>>,
): Promise<Server<Name>> {
  const ports = await freePorts(names.length);
  const apps = Object.fromEntries(
    names.map((name, index) => [name, `http://127.0.0.1:${ports[index]}`]),
  ) as Apps<Name>;
  const end = await startServerProcess({
    command,
    parameters: [program, ...names.map((name, index) => `${name}=${ports[index]}`)],
    environment,
    addresses: Object.values<string>(apps).map((url) => `${url}/gradio_api/info`),
    startLimit,
  });
  return { apps, [Symbol.asyncDispose]: end };
}
