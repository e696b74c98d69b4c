import type { Figures } from "./cases/case.js";
import type { ContestantName } from "./contestant.js";
import type { ProgramName } from "./programs.js";
import type { AppName, ServerName } from "./servers.js";

/** How much is done. */
export interface Amount {
  readonly rounds: number;
  readonly count: number;
  /** For whom a smaller count has to do: what is the same for everybody is the cost of one. */
  readonly fewer?: Readonly<Partial<Record<ContestantName, number>>>;
  /** Who does not take part, because it would take too long. */
  readonly without?: readonly ContestantName[];
}

/** What contestants are compared in. */
export interface Contest {
  readonly title: string;
  readonly program: ProgramName;
  readonly server: ServerName;
  readonly app?: AppName;
  /** What a count counts; the figures are for one of it. Without it they are for a whole round. */
  readonly unit?: string;
  readonly limit: string;
  readonly cell?: (figures: Figures) => string;
  readonly megabytes?: number;
  /** The count of a first round that is not measured; 0: none. */
  readonly warmUp?: number;
  /** Whether garbage is collected before each round. */
  readonly clears?: boolean;
  /**
   * Whether it is about what is held after the last round against after the first. Garbage is collected
   * for these two and not in between: the room that V8 takes for new objects grows with what outlives
   * collections, also those that a program has no need of.
   */
  readonly weighs?: boolean;
  /** Whether each round has a process of its own: where memory counts, and what is done once. */
  readonly fresh?: boolean;
  /** Whether everybody does all rounds, however long they take. */
  readonly whole?: boolean;
  readonly full: Amount;
  readonly quick?: Amount;
}
