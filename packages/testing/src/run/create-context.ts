import { randomUUID } from "node:crypto";
import type { AppFunction } from "../app-function.js";
import type { GrowingMedia } from "../files/media-streams.js";
import type { ProgressUnit } from "../queue/messages.js";
import type { Caller } from "./caller.js";
import type { Log, LogOptions, RunContext } from "./run-context.js";
import type { Runtime } from "./runtime.js";

/** Where a run's progress and logs go; a call outside the queue has nowhere to send them. */
export interface RunReports {
  progress(units: ProgressUnit[]): void;
  log(level: "info" | "warning" | "success", text: string, options: Required<LogOptions>): void;
}

/** A context with the streams that were started through it, to be ended with the run. */
export interface RunScope {
  readonly context: RunContext;
  readonly media: readonly GrowingMedia[];
}

/** Makes the last argument of `run`. */
export function createContext(
  fn: AppFunction,
  caller: Caller,
  runtime: Runtime,
  signal: AbortSignal,
  reports?: RunReports,
): RunScope {
  const media: GrowingMedia[] = [];
  const log =
    (level: "info" | "warning" | "success", defaultTitle: string): Log =>
    (text, { duration = 10, visible = true, title = defaultTitle } = {}) =>
      reports?.log(level, text, { duration, visible, title });
  const context: RunContext = {
    progress: (value, { desc, unit = "steps" } = {}) =>
      reports?.progress(progressUnits(value, desc ?? null, unit)),
    log: {
      info: log("info", "Info"),
      warning: log("warning", "Warning"),
      success: log("success", "Success"),
    },
    request: {
      headers: caller.headers,
      queryParams: caller.queryParams,
      sessionHash: caller.sessionHash,
    },
    eventData: caller.eventData,
    oauthToken: caller.oauthToken,
    signal,
    readFile: (file) => runtime.files.read(file.path),
    createFile: (bytes, name) => runtime.files.create(bytes, name),
    createStream: (kind) => {
      const session = caller.sessionHash ?? randomUUID();
      const run = randomUUID().replaceAll("-", "");
      const started = runtime.streams.start(session, run, fn.outputs[0]?.id ?? 0, kind);
      media.push(started);
      return started;
    },
  };
  return { context, media };
}

function progressUnits(
  value: number | readonly [number, number | null] | readonly ProgressUnit[],
  desc: string | null,
  unit: string,
): ProgressUnit[] {
  const empty = { index: null, length: null, unit: null, progress: null, desc: null };
  if (typeof value === "number") return [{ ...empty, unit, progress: value, desc }];
  const [first, second] = value;
  if (typeof first === "number") {
    return [{ ...empty, index: first, length: second as number | null, unit, desc }];
  }
  return (value as readonly ProgressUnit[]).map((given) => Object.assign({ ...empty }, given));
}
