import { setTimeout as pause } from "node:timers/promises";
import { createGradioServer, number, textbox } from "@gradio-kit/testing";
import type { Endpoint, GradioServer, GradioServerOptions } from "@gradio-kit/testing";
import type { AppName, StartedServer } from "../harness/server.js";
import { argumentEndpoints, calculate, calculatorInputs } from "./embedded/arguments.js";
import { Facts, define } from "./embedded/facts.js";
import { describeFile, fileEndpoints } from "./embedded/files.js";
import { generatorEndpoints } from "./embedded/generators.js";
import { failingEndpoints, holding, queueEndpoints } from "./embedded/queueing.js";
import { resultEndpoints } from "./embedded/results.js";
import { farewellEndpoints, sessionEndpoints } from "./embedded/sessions.js";

const VERSION = "6.31.0";
const HEARTBEAT_MILLISECONDS = 2_000;
const STATE_LIFETIME_MILLISECONDS = 1_000;
const MAX_FILE_SIZE = 1_000;

/** The counterpart of apps.py and server.py: the same apps, offered by `@gradio-kit/testing`. */
export async function startEmbedded(): Promise<StartedServer> {
  const facts = new Facts();
  const common = facts.endpoints();
  const defaultFile = {};
  const mountedEndpoints = [
    ...common,
    ...argumentEndpoints(facts, common),
    ...fileEndpoints(facts, {}),
  ];
  const started: GradioServer[] = [];
  const start = async (endpoints: readonly Endpoint[], options: Partial<GradioServerOptions>) => {
    const server = await createGradioServer({
      version: VERSION,
      showError: true,
      heartbeatInterval: HEARTBEAT_MILLISECONDS,
      stateLifetime: STATE_LIFETIME_MILLISECONDS,
      endpoints,
      ...options,
    });
    started.push(server);
    return server;
  };
  const main = await start(mainEndpoints(facts, defaultFile), { title: "gradio-kit tests" });
  Object.assign(defaultFile, await uploadTo(main.url, "default.txt", "the default"));
  const apps: Record<AppName, string> = {
    main: main.url,
    single: (await start(singleEndpoints(), { title: "calculator" })).url,
    crowded: (await start([...common, holding(facts, "hold", 1)], { queueMaxSize: 1 })).url,
    reserved: (
      await start([...common, ...failingEndpoints(), describeFile], {
        showError: false,
        maxFileSize: MAX_FILE_SIZE,
      })
    ).url,
    farewell: await startFarewell(facts, start),
    mounted: (await start(mountedEndpoints, { rootPath: "/sub/app" })).url,
  };
  const end = async () => {
    await Promise.all(started.map((server) => server.close()));
  };
  return { server: { name: "embedded", version: VERSION, apps }, end };
}

/** The main app alone, or rewritten, at a port of the caller's choice; resolves with what ends it. */
export async function startEmbeddedMain(
  port: number,
  app: "main" | "rewritten",
): Promise<() => Promise<void>> {
  const text = textbox("text", { name: "text" });
  const newcomer = define({
    apiName: "newcomer",
    inputs: [text],
    outputs: [textbox("output")],
    run: (value) => value,
  });
  const endpoints = mainEndpoints(new Facts(), {});
  const server = await createGradioServer({
    version: VERSION,
    showError: true,
    heartbeatInterval: HEARTBEAT_MILLISECONDS,
    port,
    endpoints: app === "main" ? endpoints : [newcomer, ...endpoints],
  });
  return () => server.close();
}

function mainEndpoints(facts: Facts, defaultFile: object): Endpoint[] {
  const common = facts.endpoints();
  return [
    ...common,
    ...argumentEndpoints(facts, common),
    ...resultEndpoints(),
    ...generatorEndpoints(facts),
    ...queueEndpoints(facts),
    ...failingEndpoints(),
    ...sessionEndpoints(facts),
    ...fileEndpoints(facts, defaultFile),
  ];
}

function singleEndpoints(): Endpoint[] {
  return [
    define({
      apiName: "predict",
      inputs: calculatorInputs,
      outputs: [number("output")],
      run: calculate,
    }),
    define({
      apiName: "hidden",
      apiVisibility: "undocumented",
      inputs: [],
      outputs: [textbox()],
      run: () => "hidden",
    }),
  ];
}

/** Notes when a session is left and when its State is gone: here there is no `delete_callback`. */
async function startFarewell(
  facts: Facts,
  start: (
    endpoints: readonly Endpoint[],
    options: Partial<GradioServerOptions>,
  ) => Promise<GradioServer>,
): Promise<string> {
  const watch = async (session: string) => {
    const kept = server.session(session).state;
    facts.note(session, "unloaded");
    while (server.session(session).state.length > 0) await pause(50, undefined, { ref: false });
    for (const tag of kept) if (typeof tag === "string") facts.note(tag, "state deleted");
  };
  const server = await start([...facts.endpoints(), ...farewellEndpoints(facts)], {
    unload: (session) => void watch(session),
  });
  return server.url;
}

async function uploadTo(url: string, name: string, content: string): Promise<object> {
  const form = new FormData();
  form.set("files", new Blob([content]), name);
  const answer = await fetch(`${url}/gradio_api/upload`, { method: "POST", body: form });
  const [path] = (await answer.json()) as [string];
  return { path, orig_name: name, meta: { _type: "gradio.FileData" } };
}
