/** What every error of the library can say about itself. */
export interface GradioErrorOptions {
  /** A literal that programs can switch on; it never changes its meaning. */
  readonly code: string;
  readonly cause?: unknown;
  /** Whether the same call may succeed later without any change. Default `false`. */
  readonly retryable?: boolean | undefined;
  /** Seconds to wait before another attempt, when the server said so. */
  readonly retryAfter?: number | undefined;
}

/**
 * The base of every error that the library throws.
 *
 * A caller's own abort is the one exception: it rejects with `signal.reason`, untouched.
 */
export class GradioError extends Error {
  override readonly name: string = "GradioError";
  /** A literal that programs can switch on, such as `"UNREACHABLE"`. */
  readonly code: string;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;
  /** Seconds to wait before another attempt, when the server said so. */
  readonly retryAfter?: number;

  constructor(message: string, options: GradioErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable ?? false;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }
}

/** The codes of {@link InputError}. */
export type InputErrorCode =
  | "MISSING_ARGUMENT"
  | "UNKNOWN_ARGUMENT"
  | "TOO_MANY_ARGUMENTS"
  | "INVALID_ARGUMENT"
  | "UNKNOWN_ENDPOINT"
  | "AMBIGUOUS_ENDPOINT"
  | "INVALID_OPTION"
  | "SPEC_MISMATCH"
  | "FILE_NOT_FOUND"
  | "INVALID_SOURCE";

/** The caller's mistake, found before any request: it names the argument and what would be right. */
export class InputError extends GradioError {
  override readonly name = "InputError";
  declare readonly code: InputErrorCode;

  constructor(code: InputErrorCode, message: string, cause?: unknown) {
    super(message, { code, cause });
  }
}

/** The codes of {@link ConnectionError}. */
export type ConnectionErrorCode =
  "UNREACHABLE" | "CONNECTION_LOST" | "TLS" | "NOT_A_GRADIO_APP" | "CLOSED";

/** There was no usable answer from the app. */
export class ConnectionError extends GradioError {
  override readonly name = "ConnectionError";
  declare readonly code: ConnectionErrorCode;
  /** Whether the app may have taken the call: `false` means that it provably did not run. */
  readonly mayHaveRun: boolean;

  constructor(
    code: ConnectionErrorCode,
    message: string,
    options: { cause?: unknown; retryable?: boolean; mayHaveRun?: boolean } = {},
  ) {
    super(message, { code, cause: options.cause, retryable: options.retryable });
    this.mayHaveRun = options.mayHaveRun ?? false;
  }
}

/** A `timeout` given by the caller, or the one of `connect`, ran out. */
export class TimeoutError extends GradioError {
  override readonly name = "TimeoutError";
  declare readonly code: "TIMEOUT";

  constructor(message: string) {
    super(message, { code: "TIMEOUT", retryable: true });
  }
}

/** The app, or something in front of it, refused a request with an HTTP status. */
export class HttpError extends GradioError {
  override readonly name: string = "HttpError";
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The beginning of the answer's body, at most 2 000 characters. */
  readonly body: string;

  constructor(
    message: string,
    options: {
      status: number;
      body: string;
      code?: string;
      retryable?: boolean;
      retryAfter?: number | undefined;
    },
  ) {
    super(message, {
      code: options.code ?? `HTTP_${options.status}`,
      retryable: options.retryable ?? (options.status >= 502 && options.status <= 504),
      retryAfter: options.retryAfter,
    });
    this.status = options.status;
    this.body = options.body;
  }
}

/** Credentials are missing or wrong, at the app or at the Hugging Face Hub. */
export class AuthenticationError extends GradioError {
  override readonly name = "AuthenticationError";
  declare readonly code: "LOGIN_REQUIRED" | "INVALID_CREDENTIALS" | "TOKEN_REQUIRED";

  constructor(
    code: "LOGIN_REQUIRED" | "INVALID_CREDENTIALS" | "TOKEN_REQUIRED",
    message: string,
    cause?: unknown,
  ) {
    super(message, { code, cause });
  }
}

/** The app's queue takes no more calls for now (`max_size` of the app's `queue()`). */
export class QueueFullError extends GradioError {
  override readonly name = "QueueFullError";
  declare readonly code: "QUEUE_FULL";

  constructor(message: string, cause?: unknown) {
    super(message, { code: "QUEUE_FULL", cause, retryable: true });
  }
}

/** Too many requests were sent in too short a time (HTTP 429). */
export class TooManyRequestsError extends GradioError {
  override readonly name = "TooManyRequestsError";
  declare readonly code: "TOO_MANY_REQUESTS";

  constructor(message: string, retryAfter?: number) {
    super(message, { code: "TOO_MANY_REQUESTS", retryable: true, retryAfter });
  }
}

/** The GPU time of the day is used up (ZeroGPU Spaces). */
export class QuotaError extends GradioError {
  override readonly name = "QuotaError";
  declare readonly code: "QUOTA_EXCEEDED";
  /** Seconds of GPU time that the call asked for, where the app says so. */
  readonly requested: number | undefined;
  /** Seconds of GPU time that are left, where the app says so. */
  readonly left: number | undefined;

  constructor(
    message: string,
    options: {
      requested?: number | undefined;
      left?: number | undefined;
      retryAfter?: number | undefined;
    } = {},
  ) {
    super(message, { code: "QUOTA_EXCEEDED", retryable: true, retryAfter: options.retryAfter });
    this.requested = options.requested;
    this.left = options.left;
  }
}

/** A file could not be brought to the app. */
export class UploadError extends GradioError {
  override readonly name = "UploadError";
  declare readonly code: "FILE_TOO_LARGE" | "UPLOAD_FAILED";

  constructor(code: "FILE_TOO_LARGE" | "UPLOAD_FAILED", message: string, cause?: unknown) {
    // An upload that was cut off has run nothing: the same one may be sent again.
    const retryable = cause instanceof ConnectionError && cause.code === "CONNECTION_LOST";
    super(message, { code, cause, retryable });
  }
}

/** The codes of {@link ProtocolError}. */
export type ProtocolErrorCode = "UNEXPECTED_MESSAGE" | "INVALID_JSON" | "UNSUPPORTED_VERSION";

/** The server answered something outside Gradio's protocol. */
export class ProtocolError extends GradioError {
  override readonly name = "ProtocolError";
  declare readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, cause?: unknown) {
    super(message, { code, cause });
  }
}

/** The app's own function failed: `gr.Error`, or an exception in Python. */
export class AppError extends GradioError {
  override readonly name = "AppError";
  declare readonly code: "APP_ERROR";
  /** The title that the app gave the error, as with `gr.Error(title=…)`. */
  readonly title: string | undefined;
  /** Seconds for which the app would show the error; `undefined`: until it is closed. */
  readonly duration: number | undefined;
  /** Whether the app would show the error to its user. Default `true`. */
  readonly visible: boolean;

  constructor(
    message: string,
    options: { title?: string | undefined; duration?: number | undefined; visible?: boolean } = {},
  ) {
    super(message, { code: "APP_ERROR" });
    this.title = options.title;
    this.duration = options.duration;
    this.visible = options.visible ?? true;
  }
}

/** What the app's validator said of one parameter. */
export interface ParameterProblem {
  /** The name of the input. */
  readonly parameterName: string;
  /** What the app says is wrong with it. */
  readonly message: string;
}

/** The app refused inputs (`gr.validate`); nothing entered the queue. */
export class ValidationError extends GradioError {
  override readonly name = "ValidationError";
  declare readonly code: "VALIDATION";
  /** One entry per refused parameter, in the app's order. */
  readonly problems: readonly ParameterProblem[];

  constructor(problems: readonly ParameterProblem[]) {
    const lines = problems.map(({ parameterName, message }) => `- ${parameterName}: ${message}`);
    super(`${problems.length} parameter(s) failed validation:\n${lines.join("\n")}`, {
      code: "VALIDATION",
    });
    this.problems = problems;
  }
}

/** A Space cannot be used: it does not exist, or its stage does not let it run. */
export class SpaceError extends GradioError {
  override readonly name = "SpaceError";
  /** The stage that the Hub reports, such as `"PAUSED"`. */
  readonly stage: string | undefined;
  /** The page of the Space on the Hub. */
  readonly url: string;

  constructor(message: string, options: { stage?: string; url: string; cause?: unknown }) {
    const code = options.stage === undefined ? "SPACE_NOT_FOUND" : `SPACE_${options.stage}`;
    super(message, { code, cause: options.cause });
    this.stage = options.stage;
    this.url = options.url;
  }
}

/** `cancel()` was called, or the job's `await using` block was left. */
export class CancelledError extends GradioError {
  override readonly name = "CancelledError";
  declare readonly code: "CANCELLED";

  constructor(message = "The job was cancelled.") {
    super(message, { code: "CANCELLED" });
  }
}
