import type { CallContext, PreparedCall } from "./call.js";
import {
  initialState,
  reduce,
  type JobEvent,
  type JobState,
  type ValueEncoding,
} from "./core/job-state.js";
import type { JobMessageBody } from "./core/messages.js";
import { legible } from "./core/too-deep.js";
import { AppError } from "./errors.js";
import type { JobListener } from "./io/session-jobs.js";
import type { JobRecord } from "./job-record.js";
import { ResultReader, shapeResult } from "./result.js";

/** Follows one job: turns its messages into facts and values, in order. */
export class Follower<T> implements JobListener {
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
    void record.ended.then(() => this.#end());
  }

  message(message: JobMessageBody): void {
    try {
      const { state, event } = reduce(this.#state, message, this.#encoding);
      this.#state = state;
      if (event === undefined) return;
      this.over = event.type === "finished" || event.type === "failed";
      this.#inOrder(() => this.#take(event, state));
    } catch (error) {
      this.#record.fail(legible(error));
    }
  }

  lost(error: Error): void {
    this.over = true;
    this.#inOrder(() => this.#end(error));
  }

  /** At once where nothing is being downloaded; else after what came before. */
  #inOrder(step: () => Promise<void> | void): void {
    const done = this.idle === undefined ? step() : this.idle.then(step);
    if (done === undefined) return;
    const idle = done
      .catch((error: unknown) => this.#record.fail(legible(error)))
      .finally(() => {
        if (this.idle === idle) this.idle = undefined;
      });
    this.idle = idle;
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
        return this.#values(event, (values) => {
          record.setStatus(state.status);
          record.output(shapeResult(values) as T);
        });
      case "finished":
        return this.#values({ data: event.data, shared: false }, (values) => {
          const result = shapeResult(values) as T;
          if (event.isNew) record.output(result);
          record.finish(result, values);
        });
      case "failed":
        return this.#fail(event.error);
      case "status":
        return record.setStatus(state.status);
      default:
        record.setStatus(state.status);
        return record.tell(event);
    }
  }

  /** Hands over values when their files are where the caller wants them. */
  #values(
    { data, shared, novelty }: Omit<Extract<JobEvent, { readonly type: "output" }>, "type">,
    handOver: (values: unknown[]) => void,
  ): Promise<void> | void {
    const { values, files } = this.#reader.read(data, shared, novelty);
    const { directory } = this.#call;
    if (directory === undefined || files.length === 0) return handOver(values);
    const options = { signal: this.#record.signal, headers: this.#call.headers };
    const stored = this.#context.files.storeAll(files, directory, options);
    return stored.then(() => handOver(values));
  }
}
