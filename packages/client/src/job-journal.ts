import { initialState } from "./core/job-state.js";
import { ReplayLog } from "./core/replay-log.js";
import type { JobUpdate, StatusUpdate } from "./core/status.js";

/** What can be seen of a job besides its outcome: its values, its facts, its status. */
export class JobJournal<T> {
  readonly updates: ReplayLog<JobUpdate<T>> = new ReplayLog<JobUpdate<T>>();
  readonly outputs: T[] = [];
  #status: Omit<StatusUpdate, "time"> = initialState.status;
  #since = Date.now();
  /** Made when it is asked for: a stream changes it with every value, and hardly anybody looks. */
  #shown: StatusUpdate | undefined;

  get status(): StatusUpdate {
    this.#shown ??= { ...this.#status, time: new Date(this.#since) };
    return this.#shown;
  }

  setStatus(status: Omit<StatusUpdate, "time">): void {
    this.#status = status;
    this.#since = Date.now();
    this.#shown = undefined;
  }

  tell(update: JobUpdate<T>): void {
    this.updates.push(update);
  }

  output(value: T): void {
    this.outputs.push(value);
    this.updates.push({ type: "output", value, index: this.outputs.length - 1 });
  }

  /** The last status; what the job was doing before is over. */
  conclude(status: Pick<StatusUpdate, "code" | "success">): void {
    const past = { rank: undefined, eta: undefined, log: undefined };
    this.setStatus({ ...this.#status, ...past, ...status });
  }
}
