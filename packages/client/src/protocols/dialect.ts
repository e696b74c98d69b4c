import type { ApiInfo } from "../core/api-info.js";
import type { AppConfig } from "../core/config.js";
import type { Endpoint } from "../core/endpoint.js";
import type { FileNotation } from "../core/file-notation.js";
import type { ValueEncoding } from "../core/job-state.js";
import type { RetryPolicy } from "../io/retry.js";
import type { JobOwner } from "../io/join.js";
import type { JobListener } from "../io/pending-job.js";
import type { UploadSettings } from "../io/upload-part.js";

/** One call of an endpoint. */
export interface Call {
  readonly endpoint: Endpoint;
  /** One value per input of the endpoint; a dialect gets it with its files uploaded. */
  readonly data: readonly unknown[];
  readonly eventData: unknown;
  readonly triggerId: number | undefined;
  readonly oauthToken: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** How what was provably not taken is sent again; `undefined`: not at all. */
  readonly retry: RetryPolicy | undefined;
}

/** A call that the app has taken. */
export interface Ticket {
  /**
   * Stops the job on the server, as far as the server can, without touching any other job.
   * Resolves when the server has answered; afterwards the listener hears nothing more.
   */
  cancel(): Promise<void>;
}

/** A session of an app in the words of one dialect: what its jobs share. */
export interface Session {
  readonly hash: string;
  /** How many jobs are under way. */
  readonly size: number;
  /** @param owner its signal ends pauses between attempts; a request under way is waited for. */
  submit(call: Call, listener: JobListener, owner: JobOwner): Promise<Ticket>;
  /** Resolves when nothing of it is left: no call comes any more, and those that came are over. */
  retire(): Promise<void>;
  /** Ends its connections; jobs that are still under way are lost. */
  close(): void;
}

/** What an app says of itself. */
export interface AppDescription {
  readonly config: AppConfig;
  readonly info: ApiInfo;
}

/** For what files are sent. */
export interface SendingScope {
  /** The session of the call: what it has sent before need not be sent again. */
  readonly session: object;
  readonly signal: AbortSignal;
}

/** One way in which Gradio's servers speak. */
export interface Dialect {
  /** How it writes values and errors. */
  readonly encoding: Omit<ValueEncoding, "generator">;
  /** How files look in its results. */
  readonly files: FileNotation;
  /** What an app says of itself, in today's terms; without it, it is in them already. */
  describe?(app: AppDescription): AppDescription;
  /** Brings the files of a call to the app; gives its data with what the app is to be told of them. */
  sendFiles(call: Call, settings: UploadSettings, scope: SendingScope): Promise<readonly unknown[]>;
  openSession(hash: string): Session;
}
