import { asArray, asNumber, asString, isObject, type JsonObject } from "./json.js";
import type { LogMessage, ProgressUnit } from "./status.js";

/** A message of an app's event stream. Those of one job carry its event id. */
export type ServerMessage = JobMessage | StreamMessage;

/** A message about one job. */
interface JobMessage {
  readonly type: "job";
  readonly eventId: string;
  readonly body: JobMessageBody;
}

export type JobMessageBody =
  /** The server wants to know which session and function it is (3.x). */
  | { readonly type: "joining" }
  /** The server wants the data of the call (before 4.9). */
  | { readonly type: "sending" }
  | {
      readonly type: "estimation";
      readonly rank: number | undefined;
      readonly queueSize: number | undefined;
      readonly eta: number | undefined;
    }
  | { readonly type: "started"; readonly eta: number | undefined }
  | { readonly type: "progress"; readonly units: readonly ProgressUnit[] }
  | { readonly type: "log"; readonly log: LogMessage }
  /** A value of a generator: in dialects with diffs, edits after the first one. */
  | { readonly type: "generating"; readonly data: readonly unknown[] }
  /** The value for one chunk of a streaming input: always whole. */
  | { readonly type: "streaming"; readonly data: readonly unknown[] }
  | { readonly type: "completed"; readonly data: readonly unknown[] }
  /** Completed without data: the answer to a cancel. */
  | { readonly type: "stopped" }
  | { readonly type: "failed"; readonly failure: Failure }
  /** Something of a later Gradio: a fact without a meaning yet. */
  | { readonly type: "unknown" };

/** A message about the stream itself. */
type StreamMessage =
  | { readonly type: "heartbeat" }
  | { readonly type: "close" }
  | { readonly type: "broken"; readonly message: string; readonly sessionNotFound: boolean };

/** Why the app's function failed. */
export interface Failure {
  /** `undefined` when the app hides its errors. */
  readonly message: string | undefined;
  readonly title: string | undefined;
  readonly duration: number | undefined;
  readonly visible: boolean;
}

/** Reads one message; `undefined` for what is no message at all. */
export function readMessage(raw: unknown): ServerMessage | undefined {
  if (!isObject(raw)) return undefined;
  const stream = readStreamMessage(raw);
  if (stream !== undefined) return stream;
  const eventId = asString(raw["event_id"]);
  return eventId === undefined ? undefined : { type: "job", eventId, body: readJobMessage(raw) };
}

function readStreamMessage(raw: JsonObject): StreamMessage | undefined {
  switch (raw["msg"]) {
    case "heartbeat":
      return { type: "heartbeat" };
    case "close_stream":
      return { type: "close" };
    case "unexpected_error": {
      const message = asString(raw["message"]) ?? "The server reported an unexpected error.";
      // Servers before 5.38 have no flag for it, only the text.
      const sessionNotFound =
        raw["session_not_found"] === true || message.startsWith("404: Session not found");
      return { type: "broken", message, sessionNotFound };
    }
    default:
      return undefined;
  }
}

/** Reads a message about a job; before 4.9 a stream is about one job, and its messages name none. */
export function readJobMessage(raw: JsonObject): JobMessageBody {
  switch (raw["msg"]) {
    case "send_hash":
      return { type: "joining" };
    case "send_data":
      return { type: "sending" };
    case "estimation":
      return {
        type: "estimation",
        rank: asNumber(raw["rank"]),
        queueSize: asNumber(raw["queue_size"]),
        eta: asNumber(raw["rank_eta"]),
      };
    case "process_starts":
      return { type: "started", eta: asNumber(raw["eta"]) };
    case "progress":
      return {
        type: "progress",
        units: asArray(raw["progress_data"]).filter(isObject).map(readUnit),
      };
    case "log":
      return { type: "log", log: readLog(raw) };
    case "process_generating":
      return { type: "generating", data: dataOf(raw) ?? [] };
    case "process_streaming":
      return { type: "streaming", data: dataOf(raw) ?? [] };
    case "process_completed":
      return readCompletion(raw);
    default:
      return { type: "unknown" };
  }
}

function readCompletion(raw: JsonObject): JobMessageBody {
  const output = isObject(raw["output"]) ? raw["output"] : {};
  if (raw["success"] === false || "error" in output) {
    return {
      type: "failed",
      failure: {
        message: asString(output["error"]),
        title: asString(output["title"]) ?? asString(raw["title"]),
        duration: asNumber(output["duration"]),
        visible: output["visible"] !== false,
      },
    };
  }
  const data = dataOf(raw);
  return data === undefined ? { type: "stopped" } : { type: "completed", data };
}

function dataOf(raw: JsonObject): readonly unknown[] | undefined {
  const output = raw["output"];
  return isObject(output) && Array.isArray(output["data"]) ? output["data"] : undefined;
}

function readUnit(raw: JsonObject): ProgressUnit {
  return {
    index: asNumber(raw["index"]),
    length: asNumber(raw["length"]),
    unit: asString(raw["unit"]),
    progress: asNumber(raw["progress"]),
    desc: asString(raw["desc"]),
  };
}

function readLog(raw: JsonObject): LogMessage {
  const level = raw["level"];
  return {
    level: level === "warning" || level === "success" || level === "error" ? level : "info",
    title: asString(raw["title"]),
    message: asString(raw["log"]) ?? "",
    duration: asNumber(raw["duration"]),
    visible: raw["visible"] !== false,
  };
}
