import type { ErrorPayload } from "../gradio-error.js";

/** One bar of a progress message. Absent values are `null`. */
export interface ProgressUnit {
  /** How many steps are done; `null`: not counted. */
  readonly index?: number | null;
  /** How many steps there are; `null`: not known. */
  readonly length?: number | null;
  /** What is counted, such as `"steps"`. */
  readonly unit?: string | null;
  /** Fraction from 0 to 1. */
  readonly progress?: number | null;
  /** What is being done. */
  readonly desc?: string | null;
}

/** What one step of a function put out; `duration`s are in seconds. */
export interface RunOutput {
  data: unknown[];
  is_generating: boolean | null;
  duration: number;
  average_duration: number | null;
  render_config: null;
  changed_state_ids: number[];
  used_cache: null;
}

/** A message on a session's stream. The order of keys is the order on the wire. */
export type QueueMessage =
  | {
      msg: "estimation";
      event_id: string | null;
      rank: number | null;
      queue_size: number;
      rank_eta: number | null;
    }
  | { msg: "process_starts"; event_id: string; eta: number | null }
  | { msg: "progress"; event_id: string; progress_data: ProgressUnit[] }
  | {
      msg: "log";
      event_id: string;
      log: string;
      level: "info" | "warning" | "success";
      duration: number | null;
      visible: boolean;
      title: string;
    }
  | {
      msg: "process_generating";
      event_id: string;
      output: RunOutput;
      success: boolean;
      time_limit: number | null;
    }
  | CompletedMessage
  | { msg: "heartbeat"; event_id: null }
  | {
      msg: "unexpected_error";
      event_id: null;
      message: string;
      session_not_found: boolean;
      success: false;
    }
  | { msg: "close_stream"; event_id: null };

/** The last message of an event. An empty `output` means that it was cancelled. */
export interface CompletedMessage {
  msg: "process_completed";
  event_id: string;
  output: RunOutput | ErrorPayload | Record<string, never>;
  success: boolean;
  title: string | null;
  used_cache: null;
  cache_duration: number | null;
  avg_time: number | null;
}

/** A completion with the fields that most completions leave empty. */
export function completed(
  eventId: string,
  output: CompletedMessage["output"],
  fields: Partial<Omit<CompletedMessage, "msg" | "event_id" | "output">> = {},
): CompletedMessage {
  return {
    msg: "process_completed",
    event_id: eventId,
    output,
    success: fields.success ?? true,
    title: fields.title ?? null,
    used_cache: null,
    cache_duration: fields.cache_duration ?? null,
    avg_time: fields.avg_time ?? null,
  };
}
