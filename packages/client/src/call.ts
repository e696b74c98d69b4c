import type { FileData } from "./core/file-data.js";
import type { FileNotation } from "./core/file-notation.js";
import { collectFiles, fillFiles, type FileInput } from "./core/file-walk.js";
import { initialState, reduce, type JobEvent, type JobState } from "./core/job-state.js";
import type { JobMessageBody } from "./core/messages.js";
import type { ResultFiles } from "./io/result-files.js";
import type { JobListener } from "./io/session-jobs.js";
import type { WorkerSlots } from "./io/worker-slots.js";
import type { JobRecord } from "./job-record.js";
import type { Call, Session, Ticket } from "./protocols/dialect.js";
import { ResultReader, shapeResult } from "./result.js";

/** A call that has been checked and may be sent; its files are still to be uploaded. */
export interface PreparedCall extends Call {
  /** Where result files go; `undefined`: they stay on the server. */
  readonly directory: string | undefined;
}

/** What a call needs of its client. */
export interface CallContext {
  readonly slots: WorkerSlots;
  readonly files: ResultFiles;
  readonly diffs: boolean;
  readonly notation: FileNotation;
  /** The session of this call; `release` gives it back. */
  readonly session: Session;
  /** Brings files to the app: what each of them is there. */
  upload(
    files: readonly FileInput[],
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<object, FileData>>;
}

/**
 * Runs a call to its end and writes what happens into its record. Never rejects: the record takes
 * every error. Resolves when nothing of the call is left, on the server too.
 */
export async function runCall<T>(
  call: PreparedCall,
  context: CallContext,
  record: JobRecord<T>,
): Promise<void> {
  let free: (() => void) | undefined;
  try {
    free = await context.slots.acquire(record.signal);
    const data = await withUploads(call, context, record.signal);
    record.signal.throwIfAborted();
    const follower = new Follower(call, context, record);
    const ticket = await context.session.submit({ ...call, data }, follower);
    await record.ended;
    // Ended by its owner, or because its messages make no sense: the server may still work on it.
    if (!follower.over) await stop(ticket);
    await follower.idle;
  } catch (error) {
    record.fail(error);
  } finally {
    free?.();
  }
}

/** A cancel that the server does not take changes nothing for the caller, whose job has ended. */
async function stop(ticket: Ticket): Promise<void> {
  try {
    await ticket.cancel();
  } catch {
    // The job has ended for its caller, with the reason that is to be told.
  }
}

async function withUploads(
  call: PreparedCall,
  context: CallContext,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const files = collectFiles(call.data);
  if (files.length === 0) return call.data;
  const uploaded = await context.upload(files, call.headers, signal);
  return fillFiles(call.data, uploaded) as readonly unknown[];
}

/** Follows one job: turns its messages into facts and values, in order. */
class Follower<T> implements JobListener {
  /** Whether the server is done with the job. */
  over = false;
  /** Resolves when every value has been handed over. */
  idle: Promise<void> | undefined;
  readonly #call: PreparedCall;
  readonly #context: CallContext;
  readonly #record: JobRecord<T>;
  readonly #reader: ResultReader;
  #state: JobState = initialState;

  constructor(call: PreparedCall, context: CallContext, record: JobRecord<T>) {
    this.#call = call;
    this.#context = context;
    this.#record = record;
    this.#reader = new ResultReader(call.endpoint, context.files, context.notation);
  }

  message(message: JobMessageBody): void {
    try {
      const { diffs } = this.#context;
      const { generator } = this.#call.endpoint.dependency;
      const { state, event } = reduce(this.#state, message, { diffs, generator });
      this.#state = state;
      if (event === undefined) return;
      this.over = event.type === "finished" || event.type === "failed";
      this.#inOrder(() => this.#take(event, state));
    } catch (error) {
      this.#record.fail(error);
    }
  }

  lost(error: Error): void {
    this.over = true;
    this.#inOrder(() => this.#record.fail(error));
  }

  /** At once where nothing is being downloaded; else after what came before. */
  #inOrder(step: () => Promise<void> | void): void {
    const done = this.idle === undefined ? step() : this.idle.then(step);
    if (done === undefined) return;
    const idle = done
      .catch((error: unknown) => this.#record.fail(error))
      .finally(() => {
        if (this.idle === idle) this.idle = undefined;
      });
    this.idle = idle;
  }

  #take(event: JobEvent, state: JobState): Promise<void> | void {
    const record = this.#record;
    switch (event.type) {
      case "output":
        return this.#values(event.data, event.shared, (values) => {
          record.setStatus(state.status);
          record.output(shapeResult(values) as T);
        });
      case "finished":
        return this.#values(event.data, false, (values) => {
          const result = shapeResult(values) as T;
          if (event.isNew) record.output(result);
          record.finish(result, values);
        });
      case "failed":
        return record.fail(event.error);
      case "status":
        return record.setStatus(state.status);
      default:
        record.setStatus(state.status);
        return record.tell(event);
    }
  }

  /** Hands over values when their files are where the caller wants them. */
  #values(
    data: readonly unknown[],
    shared: boolean,
    handOver: (values: unknown[]) => void,
  ): Promise<void> | void {
    const { values, files } = this.#reader.read(data, shared);
    const { directory } = this.#call;
    if (directory === undefined || files.length === 0) return handOver(values);
    const options = { signal: this.#record.signal, headers: this.#call.headers };
    const stored = this.#context.files.storeAll(files, directory, options);
    return stored.then(() => handOver(values));
  }
}
