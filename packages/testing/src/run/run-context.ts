import type { FileData } from "../file-data.js";
import type { ProgressUnit } from "../queue/messages.js";

/** What `run` may know of the request that called it. */
export interface RunRequest {
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parameters behind the `?` of the request. */
  readonly queryParams: Readonly<Record<string, string>>;
  /** The session of the caller; `undefined` when it named none. */
  readonly sessionHash: string | undefined;
}

/** Options of a progress tick. */
export interface ProgressOptions {
  /** What is being done. Default: none. */
  readonly desc?: string;
  /** What is counted. Default `"steps"`. */
  readonly unit?: string;
}

/** Options of a log message. */
export interface LogOptions {
  /** Seconds to show it; `null` until closed. Default 10. */
  readonly duration?: number | null;
  /** Default `true`. */
  readonly visible?: boolean;
  /** Default: the level with a capital. */
  readonly title?: string;
}

/** Sends a message to the user while the function runs (`gr.Info` and its kin). */
export type Log = (text: string, options?: LogOptions) => void;

/** A growing media stream; the generator yields `file` and the clients fetch its playlist. */
export interface MediaStream {
  /** Yield this as the output each time; it never changes. */
  readonly file: FileData;
  /** Adds a piece of encoded media of the given length in seconds. */
  push(bytes: Uint8Array, durationInSeconds: number): void;
}

/** The last argument of `run`. */
export interface RunContext {
  /**
   * Reports progress: a fraction from 0 to 1, `[index, length]`, or whole units. Ticks that come
   * faster than every 10 ms overwrite each other; the last one before the end may be lost.
   */
  progress(
    value: number | readonly [index: number, length: number | null] | readonly ProgressUnit[],
    options?: ProgressOptions,
  ): void;
  /** `gr.Info`, `gr.Warning` and `gr.Success`. */
  readonly log: { readonly info: Log; readonly warning: Log; readonly success: Log };
  /** The request that called, as far as a function may know it. */
  readonly request: RunRequest;
  /** Payload of the UI event, as the client sent it. */
  readonly eventData: unknown;
  /** The Hub token the client handed over for this call. */
  readonly oauthToken: string | undefined;
  /**
   * Aborted when the call was killed by `/cancel` with its function's index, when it failed or was
   * given up after its stream was dropped, and when the server closes.
   */
  readonly signal: AbortSignal;
  /** Reads an input file. */
  readFile(file: FileData): Promise<Uint8Array>;
  /** Makes a file that can be returned as an output. */
  createFile(bytes: Uint8Array | string, name: string): Promise<FileData>;
  /** Starts a media stream (`.aac` audio or `.ts` video); it ends with the run. */
  createStream(kind: "audio" | "video"): MediaStream;
}
