import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Arena } from "./arena.js";
import type { Figures } from "./cases/case.js";
import type { ContestantName } from "./contestant.js";
import type { FirstResult } from "./first-result/tell.js";
import { median, spreadOf } from "./statistics.js";

const limit = 60_000;
const quiet = { HF_HUB_OFFLINE: "1", HF_HUB_DISABLE_TELEMETRY: "1" };

/** A program that says what its result has cost. */
export interface Shot {
  readonly command: string;
  readonly parameters: readonly string[];
  isRight(value: unknown): boolean;
}

interface Fired extends FirstResult {
  /** Seconds from the start of the process to its end, where it does not say it itself. */
  readonly wall: number;
}

/** Has each contestant start a process of its own for every single result, in turns. */
export async function singleShots(
  arena: Arena,
  title: string,
  rounds: number,
  shots: Readonly<Partial<Record<ContestantName, Shot>>>,
): Promise<Partial<Record<ContestantName, Figures>>> {
  const fired = new Map<ContestantName, Fired[]>();
  for (let turn = 0; turn < rounds; turn += 1) {
    arena.say(`${title}: ${turn + 1} of ${rounds}`);
    for (const name of arena.contestants) {
      const shot = shots[name];
      if (shot !== undefined) fired.set(name, [...(fired.get(name) ?? []), await fire(shot)]);
    }
  }
  const floor = fired.get("floor") ?? [];
  return Object.fromEntries(
    [...fired].map(([name, all]) => [name, figuresOf(all, floor, shots[name])]),
  );
}

async function fire({ command, parameters }: Shot): Promise<Fired> {
  const start = performance.now();
  const { stdout } = await promisify(execFile)(command, parameters, {
    timeout: limit,
    env: { ...process.env, ...quiet },
  });
  return { wall: (performance.now() - start) / 1000, ...(JSON.parse(stdout) as FirstResult) };
}

function figuresOf(
  all: readonly Fired[],
  floor: readonly Fired[],
  shot: Shot | undefined,
): Figures {
  const wrong = all.filter(({ value }) => shot?.isRight(value) !== true).length;
  const peak = Math.max(...all.map((each) => each.peak));
  return {
    cpu: median(all.map(({ cpu }) => cpu)),
    wall: median(all.map(({ wall }) => wall)),
    ratio: spreadOf(all.map(({ cpu }, turn) => cpu / (floor[turn]?.cpu ?? NaN))),
    rounds: all.length,
    peak,
    rise: peak - median(floor.map((each) => each.peak)),
    wrong,
    lost: 0,
    values: all.length,
  };
}
