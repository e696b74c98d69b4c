/** Stages that only a visit to the Space ends. */
const asleep = new Set(["SLEEPING", "STOPPED"]);
/** Stages in which the app answers. */
const serving = new Set(["RUNNING", "RUNNING_BUILDING", "RUNNING_APP_STARTING"]);

/** Where a Space stands, and where it goes from there: driven by what it is asked, never by time. */
export class StageScript {
  #stages: readonly string[];

  constructor(stages: readonly string[]) {
    this.#stages = stages.length === 0 ? ["RUNNING"] : stages;
  }

  get current(): string {
    return this.#stages[0] ?? "RUNNING";
  }

  /** Whether the app answers. */
  get serves(): boolean {
    return serving.has(this.current);
  }

  /** Tells the stage; the next one is reached by that. */
  tell(): string {
    const { current } = this;
    if (!asleep.has(current)) this.#advance();
    return current;
  }

  /** A visitor came: a Space that sleeps wakes up. */
  visit(): void {
    if (!asleep.has(this.current)) return;
    if (this.#stages.length > 1) this.#advance();
    else this.#stages = ["APP_STARTING", "RUNNING"];
  }

  /** Puts other stages in the place of all. */
  set(stages: readonly string[]): void {
    this.#stages = stages;
  }

  #advance(): void {
    if (this.#stages.length > 1) this.#stages = this.#stages.slice(1);
  }
}
