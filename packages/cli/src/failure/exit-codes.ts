import {
  AppError,
  AuthenticationError,
  CancelledError,
  ConnectionError,
  GradioError,
  HttpError,
  InputError,
  QueueFullError,
  QuotaError,
  TooManyRequestsError,
  UploadError,
  ValidationError,
} from "@gradio-kit/client";
import { Interrupted, ReaderGone } from "./interrupts.js";
import { UsageError } from "./usage-error.js";

/** What scripts can rely on; documented in the help and in the README. */
const exitCodes = {
  done: 0,
  appFailed: 1,
  usage: 2,
  connection: 3,
  authentication: 4,
  queueOrQuota: 5,
  interrupted: 130,
} as const;

const codes: readonly [kind: new (...args: never[]) => Error, code: number][] = [
  [ReaderGone, exitCodes.done],
  [Interrupted, exitCodes.interrupted],
  [CancelledError, exitCodes.interrupted],
  [UsageError, exitCodes.usage],
  [InputError, exitCodes.usage],
  [AppError, exitCodes.appFailed],
  [ValidationError, exitCodes.appFailed],
  [UploadError, exitCodes.appFailed],
  [AuthenticationError, exitCodes.authentication],
  [QueueFullError, exitCodes.queueOrQuota],
  [QuotaError, exitCodes.queueOrQuota],
  [TooManyRequestsError, exitCodes.queueOrQuota],
];

/** The exit code that an error ends the process with. */
export function exitCodeOf(error: unknown): number {
  // An upload that was cut off is the connection's failure, not the app's.
  if (error instanceof UploadError && error.cause instanceof ConnectionError) {
    return exitCodes.connection;
  }
  const known = codes.find(([kind]) => error instanceof kind);
  if (known !== undefined) return known[1];
  // Something in front of the app has its own idea of who may pass.
  if (error instanceof HttpError && [401, 403, 407].includes(error.status)) {
    return exitCodes.authentication;
  }
  // Unreachable, cut off, timed out, refused over HTTP, outside the protocol, a Space that is off.
  return error instanceof GradioError ? exitCodes.connection : exitCodes.appFailed;
}
