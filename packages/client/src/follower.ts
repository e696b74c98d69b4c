import type { CallContext, PreparedCall } from "./call.js";
import {
  initialState,
  reduce,
  type JobEvent,
  type JobState,
  type ValueEncoding,
} from "./core/job-state.js";
import type { GradioFile } from "./core/gradio-file.js";
import type { JobMessageBody } from "./core/messages.js";
import { legible } from "./core/too-deep.js";
import { AppError } from "./errors.js";
import type { JobListener } from "./io/pending-job.js";
import type { EndWatcher, JobRecord } from "./job-record.js";
import { ResultReader, shapeResult } from "./result.js";

type ValueEvent = Extract<JobEvent, { readonly type: "output" | "finished" }>;

/** Follows one job: turns its messages into facts and values, in order. */
export class Follower<T> implements JobListener, EndWatcher {
  /** Whether the server is done with the job. */
  over = false;
  /** Resolves when the job has ended; with an error when it is lost without the app having ended it. */
  readonly end: Promise<Error | undefined>;
  /** Resolves when every value has been handed over. */
  idle: Promise<void> | undefined;
  readonly #call: PreparedCall;
  readonly #context: CallContext;
  readonly #record: JobRecord<T>;
  readonly #reader: ResultReader;
  readonly #encoding: ValueEncoding;
  #state: JobState = initialState;
  #end!: (error?: Error) => void;

  constructor(call: PreparedCall, context: CallContext, record: JobRecord<T>) {
    this.#call = call;
    this.#context = context;
    this.#record = record;
    this.#reader = new ResultReader(call.endpoint, context.files, context.notation);
    const { generator } = call.endpoint.dependency;
    const { diffs, confusesRuns, quotesErrors } = context.encoding;
    this.#encoding = { diffs, confusesRuns, quotesErrors, generator };
    this.end = new Promise((resolve) => {
      this.#end = resolve;
    });
    record.watch(this);
  }

  message(message: JobMessageBody): void {
    if (this.#record.journal === undefined && !mayBringValues(message)) return;
    try {
      const { state, event } = reduce(this.#state, message, this.#encoding);
      this.#state = state;
      if (event === undefined) return;
      this.over = event.type === "finished" || event.type === "failed";
      const { idle } = this;
      this.#keepOrder(
        idle === undefined ? this.#take(event, state) : this.#takeAfter(idle, event, state),
      );
    } catch (error) {
      this.#record.fail(legible(error));
    }
  }

  jobEnded(): void {
    this.#end();
  }

  lost(error: Error): void {
    this.over = true;
    this.#keepOrder(this.idle === undefined ? this.#end(error) : this.#endAfter(this.idle, error));
  }

  /** What comes next waits for what takes a while, such as a download. */
  #keepOrder(done: Promise<void> | void): void {
    if (done === undefined) return;
    const idle = done
      .catch((error: unknown) => this.#record.fail(legible(error)))
      .finally(() => {
        if (this.idle === idle) this.idle = undefined;
      });
    this.idle = idle;
  }

  #endAfter(before: Promise<void>, why: Error): Promise<void> {
    return before.then(() => this.#end(why));
  }

  /** Apart from {@link #take}, which nearly all values go through: a closure there costs each of them. */
  #takeAfter(before: Promise<void>, event: JobEvent, state: JobState): Promise<void> {
    return before.then(() => this.#take(event, state));
  }

  /** A used-up quota is told in words only. What reads them is loaded when they look like it. */
  #fail(error: Error): Promise<void> | void {
    const record = this.#record;
    if (!(error instanceof AppError) || !/gpu|quota/i.test(error.message))
      return record.fail(error);
    return import("./core/quota.js").then(
      ({ quotaErrorOf }) => record.fail(quotaErrorOf(error) ?? error),
      // Without it the error is the app's own, as it came.
      () => record.fail(error),
    );
  }

  #take(event: JobEvent, state: JobState): Promise<void> | void {
    const record = this.#record;
    switch (event.type) {
      case "output":
      case "finished": {
        const { data } = event;
        const values =
          event.type === "output"
            ? this.#reader.read(data, event.shared, event.novelty)
            : this.#reader.read(data, false);
        const stored = this.#store(this.#reader.takeFiles());
        if (stored === undefined) this.#handOver(event, values, state);
        else return this.#handOverAfter(stored, event, values, state);
        return;
      }
      case "failed":
        return this.#fail(event.error);
      case "status":
        return record.setStatus(state.status);
      default:
        record.setStatus(state.status);
        return record.tell(event);
    }
  }

  /** Brings files where the caller wants them. */
  #store(files: readonly GradioFile[]): Promise<void> | undefined {
    const { directory, headers } = this.#call;
    if (directory === undefined || files.length === 0) return undefined;
    const options = { signal: this.#record.signal, headers };
    return this.#context.files.storeAll(files, directory(), options);
  }

  #handOverAfter(
    stored: Promise<void>,
    event: ValueEvent,
    values: readonly unknown[],
    state: JobState,
  ): Promise<void> {
    return stored.then(() => this.#handOver(event, values, state));
  }

  #handOver(event: ValueEvent, values: readonly unknown[], { status }: JobState): void {
    const record = this.#record;
    const value = shapeResult(values) as T;
    if (event.type === "output") {
      record.setStatus(status);
      record.output(value);
    } else {
      if (event.isNew) record.output(value);
      record.finish(value, values);
    }
  }
}

/** Of a call that nobody can look at on its way all else changes nothing. */
function mayBringValues({ type }: JobMessageBody): boolean {
  return (
    type === "completed" ||
    type === "generating" ||
    type === "streaming" ||
    type === "failed" ||
    type === "stopped"
  );
}
