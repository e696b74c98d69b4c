import { GradioError } from "@gradio-kit/client";
import { Mismatch } from "./mismatch.js";
import { UsageError } from "./usage-error.js";

const endpoints = "gradio-kit info <app> lists the endpoints.";
const parameters = "gradio-kit info <app> <endpoint> shows what it takes.";

const hints: Readonly<Record<string, string>> = {
  UNREACHABLE: "Open the address in a browser to see. A proxy is named with --proxy.",
  NOT_A_GRADIO_APP: "The address must be the one of the app itself: open it in a browser to see.",
  CONNECTION_LOST: "The app may have been restarted. Try again.",
  TIMEOUT: "The app may be busy. Try again later, or with a longer --timeout.",
  UNKNOWN_ENDPOINT: endpoints,
  AMBIGUOUS_ENDPOINT: endpoints,
  MISSING_ARGUMENT: parameters,
  UNKNOWN_ARGUMENT: parameters,
  INVALID_ARGUMENT: parameters,
  TOO_MANY_ARGUMENTS: parameters,
  FILE_NOT_FOUND: "Paths begin where the command runs. For several files repeat the key.",
  LOGIN_REQUIRED: "Log in with --auth <user>; GRADIO_KIT_PASSWORD can hold the password.",
  INVALID_CREDENTIALS: "Check --auth and the password, or the token.",
  TOKEN_REQUIRED: "Set HF_TOKEN, or pass --token, with a token that may see it.",
  SPACE_NOT_FOUND: "Check the name. A private Space needs a token: HF_TOKEN or --token.",
  QUEUE_FULL: "Try again later.",
  TOO_MANY_REQUESTS: "Try again later.",
  QUOTA_EXCEEDED: "A token of your own (HF_TOKEN or --token) has more of it. Or try again later.",
  FILE_TOO_LARGE: "The app limits the size of files.",
  APP_ERROR: "The app's own function failed: the log of the app says more.",
  VALIDATION: parameters,
};

/** Somebody is there, and only nobody vouches for him: the code that Node gives such an error. */
const distrusted = /SELF_SIGNED|UNABLE_TO_|UNKNOWN_CA|INVALID_CA|ALTNAME|HOSTNAME_MISMATCH|CERT_/;
const anyCertificate = "--insecure accepts any certificate: only where you know whose it is.";

/** What to do about an error, where there is something to do. */
export function hintFor(error: Error): string | undefined {
  if (error instanceof UsageError || error instanceof Mismatch) return error.hint;
  if (!(error instanceof GradioError)) return undefined;
  const { retryAfter } = error;
  if (retryAfter !== undefined) return `Try again in ${Math.ceil(retryAfter)} seconds.`;
  if (error.code === "TLS")
    return distrusted.test(codeOf(error.cause)) ? anyCertificate : undefined;
  return Object.hasOwn(hints, error.code) ? hints[error.code] : undefined;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
