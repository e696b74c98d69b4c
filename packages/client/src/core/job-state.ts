import { AppError, CancelledError } from "../errors.js";
import { applyEdits, areEdits, noNovelty, replacement, type Novelty } from "./diff.js";
import type { Failure, JobMessageBody } from "./messages.js";
import { unquote } from "./python-text.js";
import type { JobUpdate, StatusUpdate } from "./status.js";

/** What has to be remembered of a job between two of its messages. */
export interface JobState {
  readonly status: Omit<StatusUpdate, "time">;
  /** The last value of a generator as it was on the wire: what the next edits change. */
  readonly latest: readonly unknown[] | undefined;
}

/** What a message means for the one who follows the job. */
export type JobEvent =
  /** Nothing but a new status. */
  | { readonly type: "status" }
  | Exclude<JobUpdate, { readonly type: "output" }>
  /** A value, still in the shape of the wire: one entry per output component. */
  | {
      readonly type: "output";
      readonly data: readonly unknown[];
      /** Whether it shares parts with the values before and after it. */
      readonly shared: boolean;
      /** What is new in each entry, where edits have made them of the value before. */
      readonly novelty?: readonly Novelty[] | undefined;
    }
  | { readonly type: "finished"; readonly data: readonly unknown[]; readonly isNew: boolean }
  | { readonly type: "failed"; readonly error: Error };

/** How a dialect tells its values. */
export interface ValueEncoding {
  /** Whether values after the first one are edits. */
  readonly diffs: boolean;
  /** Whether even the first value can be edits: to a value of a call that was stopped. */
  readonly confusesRuns: boolean;
  /** Whether the text of an error stands between quotes, as Python writes it. */
  readonly quotesErrors: boolean;
  /** Whether the endpoint is a generator, which may end without any value. */
  readonly generator: boolean;
}

export const initialState: JobState = {
  status: {
    code: "STARTING",
    rank: undefined,
    queueSize: undefined,
    eta: undefined,
    success: undefined,
    progressData: undefined,
    log: undefined,
  },
  latest: undefined,
};

/** The next state of a job, and what became known. Messages it does not know change nothing. */
export function reduce(
  state: JobState,
  message: JobMessageBody,
  encoding: ValueEncoding,
): { readonly state: JobState; readonly event: JobEvent | undefined } {
  switch (message.type) {
    case "joining":
      return changed(state, { code: "JOINING_QUEUE" }, { type: "status" });
    case "sending":
      return changed(state, { code: "SENDING_DATA" }, { type: "status" });
    case "estimation": {
      const { rank, queueSize, eta } = message;
      return changed(
        state,
        { code: "IN_QUEUE", rank, queueSize, eta },
        { type: "queued", rank, queueSize, eta },
      );
    }
    case "started":
      return changed(state, { code: "PROCESSING", eta: message.eta }, { type: "started" });
    case "progress":
      return changed(
        state,
        { code: "PROGRESS", progressData: message.units },
        { type: "progress", units: message.units },
      );
    case "log":
      return changed(state, { code: "LOG", log: message.log }, { type: "log", ...message.log });
    case "generating": {
      const { data, novelty } = valuesOf(state.latest, message.data, encoding);
      return iterated(state, { type: "output", data, shared: encoding.diffs, novelty });
    }
    case "streaming":
      return iterated(state, { type: "output", data: message.data, shared: false });
    case "completed": {
      const { data } = message;
      // The completion of a generator repeats its last value; without values it is all null.
      const isNew =
        state.latest === undefined &&
        !(encoding.generator && data.every((value) => value === null));
      return changed(state, ended(true), { type: "finished", data, isNew });
    }
    case "stopped":
      return changed(state, { ...ended(false), code: "CANCELLED" }, failed(new CancelledError()));
    case "failed":
      return changed(state, ended(false), failed(appError(message.failure, encoding)));
    case "unknown":
      return { state, event: undefined };
  }
}

/** The state with another status. What belonged to a message only is gone with the next one. */
function changed(
  { status, latest }: JobState,
  changes: Partial<JobState["status"]>,
  event: JobEvent,
): ReturnType<typeof reduce> {
  // Written out, not by spreading: that took longer than all else that a message brings about.
  const { code, queueSize, eta, success, progressData } = status;
  const past = { code, rank: undefined, queueSize, eta, success, progressData, log: undefined };
  return { state: { status: Object.assign(past, changes), latest }, event };
}

/** A status is the same for every value after the first one. */
function iterated(
  { status }: JobState,
  event: Extract<JobEvent, { readonly type: "output" }>,
): ReturnType<typeof reduce> {
  const iterating: JobState["status"] =
    status.code === "ITERATING"
      ? status
      : { ...status, rank: undefined, log: undefined, code: "ITERATING" };
  return { state: { status: iterating, latest: event.data }, event };
}

function valuesOf(
  latest: readonly unknown[] | undefined,
  data: readonly unknown[],
  encoding: ValueEncoding,
): { readonly data: readonly unknown[]; readonly novelty?: readonly Novelty[] } {
  if (!encoding.diffs) return { data };
  if (latest === undefined) {
    return { data: encoding.confusesRuns && areEdits(data) ? data.map(replacement) : data };
  }
  const novelty = data.map(noNovelty);
  // An output that was not there before (the app was reloaded) starts as null.
  const values = data.map((edits, at) => applyEdits(latest[at] ?? null, edits, novelty[at]));
  return { data: values, novelty };
}

function ended(success: boolean): Partial<JobState["status"]> {
  return { code: "FINISHED", success, eta: undefined };
}

function failed(error: Error): JobEvent {
  return { type: "failed", error };
}

function appError(
  { message, title, duration, visible }: Failure,
  { quotesErrors }: ValueEncoding,
): AppError {
  const told = message !== undefined && quotesErrors ? unquote(message) : message;
  const text =
    told ?? "The app failed and does not say how (its `launch()` has not set `show_error=True`).";
  return new AppError(text, { title, duration, visible });
}
