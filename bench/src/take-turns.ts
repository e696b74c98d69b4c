import type { Arena } from "./arena.js";
import type { Figures, Growth, Row } from "./cases/case.js";
import type { Contest } from "./contest.js";
import type { ContestantName } from "./contestant.js";
import { Entrant } from "./entrant.js";
import { median, spreadOf } from "./statistics.js";
import type { Round } from "./turn.js";

/**
 * Has the contestants do the same work in turns, each in a process of its own, so that whatever else
 * the machine does hits all of them alike.
 */
export async function takeTurns(arena: Arena, contest: Contest): Promise<Row> {
  const amount = (arena.quick ? contest.quick : undefined) ?? contest.full;
  const names = arena.contestants.filter((name) => amount.without?.includes(name) !== true);
  const entrants: Entrant[] = [];
  try {
    for (const name of names) entrants.push(await Entrant.enter(arena, contest, amount, name));
    for (let turn = 0; turn < amount.rounds; turn += 1) {
      arena.say(`${contest.title}: ${turn + 1} of ${amount.rounds}`);
      const weighs = contest.weighs === true && (turn === 0 || turn === amount.rounds - 1);
      for (const entrant of inTurn(entrants, turn)) await entrant.takeTurn(turn, weighs);
    }
    return rowOf(contest, entrants);
  } finally {
    await Promise.all(entrants.map((entrant) => entrant.end()));
  }
}

/** Everybody goes first once in a while. */
function inTurn(entrants: readonly Entrant[], turn: number): Entrant[] {
  const first = turn % entrants.length;
  return [...entrants.slice(first), ...entrants.slice(0, first)];
}

function rowOf(contest: Contest, entrants: readonly Entrant[]): Row {
  const { title, unit, limit, cell, megabytes } = contest;
  const floor = entrants.find(({ name }) => name === "floor");
  const figures: Partial<Record<ContestantName, Figures>> = {};
  for (const entrant of entrants) {
    figures[entrant.name] = figuresOf(entrant, floor, unit !== undefined);
  }
  return { title, unit: unit ?? "round", limit, cell, figures, megabytes };
}

function figuresOf(
  { rounds, count, remark }: Entrant,
  floor: Entrant | undefined,
  perCount: boolean,
): Figures {
  const all = [...rounds.values()];
  const units = perCount ? count : 1;
  const ratios = [...rounds].flatMap(([turn, { cpu }]) => {
    const beside = floor?.rounds.get(turn);
    if (floor === undefined || beside === undefined) return [];
    return [cpu / units / (beside.cpu / (perCount ? floor.count : 1))];
  });
  return {
    cpu: median(all.map(({ cpu }) => cpu / units)),
    wall: median(all.map(({ wall }) => wall / units)),
    ratio: spreadOf(ratios),
    rounds: all.length,
    peak: Math.max(...all.map(({ peak }) => peak)),
    rise: Math.max(...all.map(({ peak, peakBefore }) => peak - peakBefore)),
    wrong: sum(all.map(({ wrong }) => wrong)),
    lost: sum(all.map(({ lost }) => lost)),
    values: all.length * units,
    remark,
    growth: growthOf(all),
  };
}

function growthOf(rounds: readonly Round[]): Growth | undefined {
  const [first, last] = [rounds[0]?.after, rounds.at(-1)?.after];
  if (first === undefined || last === undefined) return undefined;
  return {
    memory: last.memory - first.memory,
    heap: last.heap === undefined || first.heap === undefined ? undefined : last.heap - first.heap,
    handles: last.handles - first.handles,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
