import type { Arena } from "../arena.js";
import type { ContestantName } from "../contestant.js";

/** One question that the benchmark asks. */
export interface Case {
  /** What it is called on the command line. */
  readonly name: string;
  run(arena: Arena): Promise<readonly Row[]>;
}

/** One line of the report. */
export interface Row {
  readonly title: string;
  /** What the figures are for. */
  readonly unit: string;
  /** What ours must reach, in words. */
  readonly limit: string;
  /** What counts of a contestant's figures; by default its processor time as a multiple of the floor's. */
  readonly cell?: ((figures: Figures) => string) | undefined;
  readonly figures: Readonly<Partial<Record<ContestantName, Figures>>>;
  /** Whether something was counted, so that times say nothing. */
  readonly counted?: boolean;
  /** How many megabytes one of it is, where that is what is varied. */
  readonly megabytes?: number | undefined;
}

/** What one contestant needed. */
export interface Figures {
  /** Medians for one unit, in seconds. */
  readonly cpu: number;
  readonly wall: number;
  /** Processor time as a multiple of the floor's: the median over the turns, and the extremes. */
  readonly ratio: Spread;
  readonly rounds: number;
  /** The most memory held, and how much of it the rounds have added: megabytes. */
  readonly peak: number;
  readonly rise: number;
  /** Values that were not what the app said, or never came, of all that were asked for. */
  readonly wrong: number;
  readonly lost: number;
  readonly values: number;
  /** Why there is less to see than was asked for. */
  readonly remark?: string | undefined;
  /** How much more is held after the last round than after the first: megabytes, and handles. */
  readonly growth?: Growth | undefined;
}

export interface Growth {
  readonly memory: number;
  readonly heap: number | undefined;
  readonly handles: number;
}

export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}
