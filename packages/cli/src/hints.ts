import { GradioError } from "@gradio-kit/client";
import { UsageError } from "./usage-error.js";

const endpoints = "gradio-kit info <app> lists the endpoints.";
const parameters = "gradio-kit info <app> <endpoint> shows what it takes.";

const hints: Readonly<Record<string, string>> = {
  UNREACHABLE: "Open the address in a browser to see.",
  NOT_A_GRADIO_APP: "The address must be the one of the app itself: open it in a browser to see.",
  CONNECTION_LOST: "The app may have been restarted. Try again.",
  TIMEOUT: "The app may be busy. Try again later.",
  UNKNOWN_ENDPOINT: endpoints,
  AMBIGUOUS_ENDPOINT: endpoints,
  MISSING_ARGUMENT: parameters,
  UNKNOWN_ARGUMENT: parameters,
  INVALID_ARGUMENT: parameters,
  TOO_MANY_ARGUMENTS: parameters,
  FILE_NOT_FOUND: `A text that begins with @ is written as key:='"@text"'.`,
  LOGIN_REQUIRED: "This version cannot log in to apps yet.",
  TOKEN_REQUIRED: "This version cannot use tokens yet.",
  QUEUE_FULL: "Try again later.",
  TOO_MANY_REQUESTS: "Try again later.",
  APP_ERROR: "The app's own function failed: the log of the app says more.",
  VALIDATION: parameters,
};

/** What to do about an error, where there is something to do. */
export function hintFor(error: Error): string | undefined {
  if (error instanceof UsageError) return error.hint;
  return error instanceof GradioError ? hints[error.code] : undefined;
}
