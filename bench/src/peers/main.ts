import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeRun } from "../machine.js";
import { startGradio } from "../servers.js";
import { cell, type Seen } from "./cell.js";
import { DoomedApps } from "./doomed-apps.js";
import { faultGroups } from "./fault-groups.js";
import { page, peerNames, type SeenGroup } from "./page.js";
import { soundness } from "./faults/soundness.js";
import type { PeerFault } from "./peer-fault.js";
import type { FaultAppName } from "./stage.js";
import type { PeerName } from "./task.js";
import { tryFault, type Venue } from "./trial.js";
import { verdict } from "./verdict.js";

const results = fileURLToPath(new URL("../../peers.md", import.meta.url));
/** How many peers are tried at the same time, beside the restarts: they wait more than they work. */
const width = 6;
/** What Python's `job.result` is given where it hung without. */
const limit = 5_000;

/**
 * Puts the faults before every client and writes bench/peers.md; where only some are asked for, by
 * parts of their names, it says what it saw of these on standard output.
 */
export async function runPeers(python: string, names: readonly string[]): Promise<void> {
  const start = performance.now();
  const temporary = await mkdtemp(join(tmpdir(), "gradio-kit-peers-"));
  const remove = (): void => rmSync(temporary, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const facts = await describeRun(python);
    const groups = await tryAll(python, temporary, names);
    const text = page(groups, facts, (performance.now() - start) / 60_000);
    if (names.length === 0) await writeFile(results, text);
    else console.log(text);
  } finally {
    process.off("exit", remove);
    await rm(temporary, { recursive: true, force: true });
  }
}

async function tryAll(
  python: string,
  temporary: string,
  names: readonly string[],
): Promise<SeenGroup[]> {
  const files = join(temporary, "files");
  await mkdir(files, { recursive: true });
  const startApps = () =>
    startGradio<FaultAppName>({
      python,
      apps: ["calls", "visits"],
      files,
      environment: { GRADIO_HEARTBEAT_INTERVAL: "2" },
    });
  await using server = await startApps();
  const venue: Venue = { python, temporary, apps: server.apps };
  for (const peer of peerNames) await expectSound(peer, venue);
  const groups = faultGroups.map(({ title, rows }) => ({
    title,
    rows: rows
      .filter(({ fault }) => names.length === 0 || names.some((name) => fault.includes(name)))
      .map((row) => ({ row, seen: new Map<PeerName, Seen>() })),
  }));
  const all = groups.flatMap(({ rows }) => rows);
  const left = all
    .filter(({ row }) => row.restarts !== true)
    .flatMap(turns)
    .values();
  const takeTurns = async (): Promise<void> => {
    for (const turn of left) await look(turn, venue);
  };
  const restarts = async (): Promise<void> => {
    for (const seenRow of all.filter(({ row }) => row.restarts === true)) {
      await using doomed = await startApps();
      const peers = turns(seenRow);
      const stage = { ...venue, doomed: new DoomedApps(doomed, peerNames) };
      await Promise.all(peers.map((turn) => look(turn, stage)));
    }
  };
  await Promise.all([restarts(), ...Array.from({ length: width }, takeTurns)]);
  return groups;
}

/** A peer that is to be tried, and where what is seen of it goes. */
interface Turn {
  readonly peer: PeerName;
  readonly row: PeerFault;
  readonly seen: Map<PeerName, Seen>;
}

const turns = ({ row, seen }: Omit<Turn, "peer">): Turn[] =>
  peerNames.filter((peer) => row.notFor?.[peer] === undefined).map((peer) => ({ peer, row, seen }));

async function look({ peer, row, seen }: Turn, venue: Venue): Promise<void> {
  const trial = await tryFault(peer, row, venue);
  const hangs = trial.outcomes.some((outcome) => "hangs" in outcome);
  const takesLimit = [row.limit, row.stop, row.restarts].every((option) => option === undefined);
  const again = hangs && takesLimit && peer === "python";
  const bounded = again ? await tryFault(peer, { ...row, limit }, venue) : undefined;
  const found: Seen = { trial, bounded };
  seen.set(peer, found);
  process.stderr.write(`${peer}: ${row.fault}: ${cell(found, row)}\n`);
}

/** Without a fault everything has to be right: else what follows would say nothing. */
async function expectSound(peer: PeerName, venue: Venue): Promise<void> {
  const trial = await tryFault(peer, soundness, venue);
  if (verdict(trial) === "right" && trial.ended) return;
  throw new Error(`${peer} fails without a fault: ${JSON.stringify(trial)}`);
}
