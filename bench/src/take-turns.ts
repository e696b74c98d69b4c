import type { Arena, ServerName } from "./arena.js";
import type { Figures, Row } from "./cases/case.js";
import { Contestant, type ContestantName } from "./contestant.js";
import { largeAppEndpoints, smallAppEndpoints } from "./expected.js";
import type { ProgramName } from "./programs.js";
import { median, spreadOf } from "./statistics.js";
import type { Round } from "./turn.js";

/** How much is done. */
interface Amount {
  readonly rounds: number;
  readonly count: number;
  /** For whom a smaller count has to do: what it is the same for everybody is the cost of one. */
  readonly fewer?: Readonly<Partial<Record<ContestantName, number>>>;
  /** Who does not take part, because it would take too long. */
  readonly without?: readonly ContestantName[];
}

export interface Contest {
  readonly title: string;
  readonly program: ProgramName;
  readonly server: ServerName;
  readonly app?: "small" | "large";
  /** What a count counts; the figures are for one of it. Without it they are for a whole round. */
  readonly unit?: string;
  readonly target?: number;
  readonly megabytes?: number;
  /** The count of a first round that is not measured; 0: none. */
  readonly warmUp?: number;
  readonly full: Amount;
  readonly quick?: Amount;
}

/** Longer than this nobody takes part in one contest, in seconds, after a first round. */
const patience = { full: 14, quick: 4 };
/** A round that takes longer is given up. */
const roundLimit = 240;

interface Entrant {
  readonly name: ContestantName;
  readonly process: Contestant;
  readonly count: number;
  /** By turn, so that rounds are compared with those of the same moment. */
  readonly rounds: Map<number, Round>;
  seconds: number;
  remark: string | undefined;
}

/**
 * Has the contestants do the same work in turns, each in a process of its own that stays for the
 * whole contest, so that whatever else the machine does hits all of them alike.
 */
export async function takeTurns(arena: Arena, contest: Contest): Promise<Row> {
  const amount = (arena.quick ? contest.quick : undefined) ?? contest.full;
  const names = arena.contestants.filter((name) => amount.without?.includes(name) !== true);
  const entrants: Entrant[] = [];
  try {
    for (const name of names) entrants.push(await enter(arena, contest, amount, name));
    for (let turn = 0; turn < amount.rounds; turn += 1) {
      arena.say(`${contest.title}: ${turn + 1} of ${amount.rounds}`);
      for (const entrant of inTurn(entrants, turn)) await takeTurn(arena, entrant, turn);
    }
    return rowOf(contest, entrants);
  } finally {
    await Promise.all(entrants.map(({ process }) => process.end()));
  }
}

async function enter(
  arena: Arena,
  { program, server, app = "small", megabytes, warmUp }: Contest,
  { count: usual, fewer }: Amount,
  name: ContestantName,
): Promise<Entrant> {
  const apps = await arena.apps(server);
  const isTransfer = program === "upload" || program === "download";
  const task = {
    program,
    url: apps[app],
    endpoints: app === "large" ? largeAppEndpoints : smallAppEndpoints,
    file: isTransfer ? await arena.file(megabytes ?? 1) : undefined,
    folder: await arena.folder(),
  };
  const count = fewer?.[name] ?? usual;
  const process = await Contestant.start(name, task, arena.launcher);
  // Python has no compiler to warm up.
  const first = warmUp ?? (name === "python" ? Math.ceil(count / 10) : count);
  if (first > 0) await process.round(first, roundLimit);
  return { name, process, count, rounds: new Map(), seconds: 0, remark: undefined };
}

/** Everybody goes first once in a while. */
function inTurn(entrants: readonly Entrant[], turn: number): Entrant[] {
  const first = turn % entrants.length;
  return [...entrants.slice(first), ...entrants.slice(0, first)];
}

async function takeTurn({ quick }: Arena, entrant: Entrant, turn: number): Promise<void> {
  const { name, process, count, rounds, seconds } = entrant;
  if (entrant.remark !== undefined) return;
  const mean = rounds.size > 0 ? seconds / rounds.size : 0;
  const isMeasure = name === "floor" || name === "ours";
  if (!isMeasure && rounds.size > 0 && seconds + mean > patience[quick ? "quick" : "full"]) return;
  try {
    const round = await process.round(count, roundLimit);
    rounds.set(turn, round);
    entrant.seconds += round.wall;
    if (round.failure !== undefined) entrant.remark = round.failure;
  } catch (error) {
    entrant.remark = error instanceof Error ? error.message.trim() : String(error);
  }
}

function rowOf({ title, unit, target, megabytes }: Contest, entrants: readonly Entrant[]): Row {
  const floor = entrants.find(({ name }) => name === "floor");
  const figures: Partial<Record<ContestantName, Figures>> = {};
  for (const entrant of entrants) {
    figures[entrant.name] = figuresOf(entrant, floor, unit !== undefined);
  }
  return {
    title,
    unit: unit ?? "round",
    target,
    figures,
    ...(megabytes !== undefined && { megabytes }),
  };
}

function figuresOf(
  { rounds, count, remark }: Entrant,
  floor: Entrant | undefined,
  perCount: boolean,
): Figures {
  const all = [...rounds.values()];
  const cost = (round: Round): number => round.cpu / (perCount ? round.count : 1);
  const ratios = [...rounds].flatMap(([turn, round]) => {
    const beside = floor?.rounds.get(turn);
    return beside === undefined ? [] : [cost(round) / cost(beside)];
  });
  const peak = Math.max(...all.map((round) => round.peak));
  return {
    cpu: median(all.map(cost)),
    wall: median(all.map((round) => round.wall / (perCount ? round.count : 1))),
    ratio: spreadOf(ratios),
    rounds: all.length,
    peak,
    rise: peak - (all[0]?.peakBefore ?? NaN),
    wrong: all.reduce((sum, round) => sum + round.wrong, 0),
    lost: all.reduce((sum, round) => sum + round.lost, 0),
    values: all.length * (perCount ? count : 1),
    remark,
  };
}
