import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createFaultProxy } from "@gradio-kit/testing";
import { AppControl } from "./app-control.js";
import type { DoomedApps } from "./doomed-apps.js";
import { isRunning } from "./moments.js";
import { hold, type PeerFault } from "./peer-fault.js";
import { PeerProcess } from "./peer-process.js";
import type { FaultAppName, Stage } from "./stage.js";
import type { Call, Outcome, PeerName, Told } from "./task.js";
import type { Apps } from "../servers.js";

/** Where trials take place. */
export interface Venue {
  readonly python: string;
  /** An empty folder. */
  readonly temporary: string;
  /** The apps that all trials share. */
  readonly apps: Apps<FaultAppName>;
  /** Those that are ended, where the fault is a restart. */
  readonly doomed?: DoomedApps | undefined;
}

/** What came of one fault at one peer. */
export interface Trial {
  readonly calls: readonly Call[];
  /** Of each call. None: the process died before. */
  readonly outcomes: readonly Outcome[];
  readonly seconds: number;
  /** Of the next call, on the same client and when all is well again; `undefined`: there was none. */
  readonly again: Outcome | undefined;
  /** The error that the process died of. */
  readonly diedOf: string | undefined;
  /** Whether the process ended by itself. */
  readonly ended: boolean;
  /** How often the app's function began. */
  readonly runs: number;
  /** What the row's own check found wrong. */
  readonly found: string | undefined;
  /** The end of the program's standard error. */
  readonly errors: string;
}

/** When nothing was seen of a call for so long it hangs, in milliseconds. */
export const patience = 20_000;
/** So long a process may take to end when its client is closed, in milliseconds. */
export const endPatience = 8_000;
/** How long a function that ends later runs on, in milliseconds. */
const afterwards = 1_000;
const interval = 100;

/** Puts one fault before one peer, in a process of its own. */
export async function tryFault(peer: PeerName, row: PeerFault, venue: Venue): Promise<Trial> {
  const name = row.app ?? "calls";
  const app = new AppControl((venue.doomed?.apps ?? venue.apps)[name]);
  const proxy = await createFaultProxy({ target: app.url });
  const address = await row.address?.();
  const folder = await mkdtemp(join(venue.temporary, "trial-"));
  const tag = crypto.randomUUID();
  const calls = (row.calls ?? ((given) => [hold(given)]))(tag, peer);
  const program = new PeerProcess(peer, venue.python, {
    url: address?.url ?? proxy.url,
    before: row.before ?? [],
    calls,
    pace: row.pace ?? "at once",
    stop: row.stop,
    download: row.download ?? "at once",
    folder,
    limit: row.limit,
    patience,
  });
  let earlierRuns = 0;
  let restarting: Promise<void> | undefined;
  const doRestart = async (): Promise<void> => {
    earlierRuns = await app.starts(tag);
    await venue.doomed?.end(peer);
    app.url = venue.apps[name];
    proxy.retarget(app.url);
  };
  const restart = (): Promise<void> => (restarting ??= doRestart());
  const stageUntil = (signal: AbortSignal): Stage => ({
    peer,
    proxy,
    app,
    tag,
    restart,
    attempted: () => program.attempted,
    stop: () => program.goOn(),
    pause: (milliseconds) => pause(milliseconds, undefined, { signal }),
    until: async (condition) => {
      const deadline = performance.now() + patience;
      while (!(await condition()) && performance.now() < deadline) {
        await pause(interval, undefined, { signal });
      }
    },
  });
  try {
    if (row.ends === undefined || row.ends === "at once") await app.open(tag);
    const told = await perform(program, row, stageUntil, venue);
    // A peer whose call has ended before sees the app restarted all the same, before its next one.
    if (row.restarts === true) await restart();
    const check = stageUntil(new AbortController().signal);
    const filesLeft = (await readdir(folder)).length;
    const found = told === undefined ? undefined : await row.check?.(check, { filesLeft });
    proxy.heal();
    program.goOn();
    const again = told === undefined ? undefined : await program.told();
    const ended = await program.end(endPatience);
    const runs = (await app.starts(tag)) + earlierRuns;
    const isDead = told === undefined || (again === undefined && calls.length > 0);
    return {
      calls,
      outcomes: told?.step === "outcomes" ? told.outcomes : [],
      seconds: told?.step === "outcomes" ? told.seconds : 0,
      again: again?.step === "again" ? again.outcomes[0] : undefined,
      diedOf: isDead ? program.diedOf : undefined,
      ended,
      runs,
      found,
      errors: program.errors,
    };
  } finally {
    void venue.doomed?.end(peer);
    await program.end(0);
    for (const gate of [tag, `${tag} before`]) await app.open(gate);
    await proxy.close();
    await address?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lets the fault happen; resolves with what the program says of its calls. */
async function perform(
  program: PeerProcess,
  row: PeerFault,
  stageUntil: (signal: AbortSignal) => Stage,
  { doomed }: Venue,
): Promise<Told | undefined> {
  const over = new AbortController();
  const stage = stageUntil(over.signal);
  const ready = await program.told();
  if (ready?.step !== "ready") throw new Error(`the program did not start:\n${program.errors}`);
  await doomed?.gather(stage.peer);
  for (const rule of row.rules?.() ?? []) stage.proxy.inject(rule);
  await row.beforehand?.(stage);
  program.goOn();
  const happening = happen(row, stage).then(
    () => undefined,
    (error: unknown) => (over.signal.aborted ? undefined : { error }),
  );
  const told = await program.told();
  over.abort();
  const failure = await happening;
  if (failure !== undefined) throw failure.error;
  return told;
}

async function happen(row: PeerFault, stage: Stage): Promise<void> {
  await row.meanwhile?.(stage);
  if (row.ends !== "later") return;
  if (row.meanwhile === undefined) await isRunning(stage);
  await stage.pause(afterwards);
  for (const gate of [stage.tag, `${stage.tag} before`]) await stage.app.open(gate);
}
