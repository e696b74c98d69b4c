import { rm } from "node:fs/promises";
import type { Arena } from "./arena.js";
import type { Amount, Contest } from "./contest.js";
import { Contestant, type ContestantName } from "./contestant.js";
import { endpointsOf } from "./expected.js";
import type { ProgramName, Task } from "./programs.js";
import type { Round } from "./turn.js";

/** Longer than this nobody but the floor and ours takes part after a first round, in seconds. */
const patience = { full: 8, quick: 1.5 };
/** A round that takes longer is given up, in seconds. */
const roundLimit = 150;
const transfers: ReadonlySet<ProgramName> = new Set(["upload", "download", "save"]);

/** A contestant in one contest, and what it has done so far. */
export class Entrant {
  readonly name: ContestantName;
  readonly count: number;
  /** By turn, so that rounds are compared with those of the same moment. */
  readonly rounds: Map<number, Round> = new Map();
  /** Why it takes no further part. */
  remark: string | undefined;
  readonly #arena: Arena;
  readonly #contest: Contest;
  readonly #task: Omit<Task, "folder">;
  /** Whether a smaller count has to do for it. */
  readonly #hasLess: boolean;
  #process: Contestant | undefined;
  #folder: string | undefined;

  private constructor(
    name: ContestantName,
    { count, fewer }: Amount,
    arena: Arena,
    contest: Contest,
    task: Omit<Task, "folder">,
  ) {
    this.name = name;
    this.count = fewer?.[name] ?? count;
    this.#hasLess = this.count < count;
    this.#arena = arena;
    this.#contest = contest;
    this.#task = task;
  }

  /** Gets it ready: connected and warm, where its process is to stay. */
  static async enter(
    arena: Arena,
    contest: Contest,
    amount: Amount,
    name: ContestantName,
  ): Promise<Entrant> {
    const { program, server, app = "small", megabytes = 1 } = contest;
    const task: Omit<Task, "folder"> = {
      program,
      url: (await arena.apps(server))[app],
      endpoints: endpointsOf(server, app),
      file: transfers.has(program) ? await arena.file(megabytes) : undefined,
    };
    const entrant = new Entrant(name, amount, arena, contest, task);
    if (contest.fresh !== true) await entrant.#tryTo(() => entrant.#start());
    return entrant;
  }

  /**
   * Does a round, unless it has done enough.
   *
   * @param weighs whether it tells what it holds then.
   */
  async takeTurn(turn: number, weighs: boolean): Promise<void> {
    if (this.remark !== undefined || this.#hasHadEnough()) return;
    await this.#tryTo(async () => {
      const process = this.#process ?? (await this.#start());
      const round = await process.round(this.count, roundLimit, {
        clears: this.#contest.clears === true,
        weighs,
      });
      this.rounds.set(turn, round);
      this.remark = round.failure;
    });
    if (this.#contest.fresh === true) await this.end();
  }

  /**
   * Ends its process, and removes what that has downloaded: else the memory of the machine fills with
   * files, and whoever writes a new one pays for making room, but not who writes over an old one.
   */
  async end(): Promise<void> {
    await this.#process?.end();
    this.#process = undefined;
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  async #start(): Promise<Contestant> {
    const folder = (this.#folder = await this.#arena.folder());
    const process = await Contestant.start(
      this.name,
      { ...this.#task, folder },
      this.#arena.launcher,
    );
    this.#process = process;
    const { warmUp, fresh } = this.#contest;
    const usual = warmUp ?? (fresh === true ? 0 : this.count);
    // Who does less warms up with less; Python has no compiler to warm up.
    const most = this.name === "python" ? Math.ceil(this.count / 10) : this.count;
    const first = this.#hasLess || this.name === "python" ? Math.min(usual, most) : usual;
    if (first > 0) await process.round(first, roundLimit);
    return process;
  }

  #hasHadEnough(): boolean {
    if (this.#contest.whole === true || this.rounds.size === 0) return false;
    if (this.name === "floor" || this.name === "ours") return false;
    const times = [...this.rounds.values()].map(({ wall }) => wall);
    const seconds = times.reduce((sum, time) => sum + time, 0);
    return seconds + seconds / times.length > patience[this.#arena.quick ? "quick" : "full"];
  }

  async #tryTo(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // A contestant that fails is reported as such; the others go on.
      this.remark = error instanceof Error ? error.message.trim() : String(error);
    }
  }
}
