import { asArray, asString, isObject } from "../core/json.js";
import { plainText } from "../core/plain-text.js";
import {
  AuthenticationError,
  ConnectionError,
  type GradioError,
  HttpError,
  QueueFullError,
  TooManyRequestsError,
  ValidationError,
} from "../errors.js";
import type { TransportResponse } from "./platform.js";

/** What the refused request had to show. */
interface Shown {
  /** Whether it had an `authorization` header. */
  readonly authorized: boolean;
  /** Whether a login had been accepted before. */
  readonly loggedIn: boolean;
}

/**
 * Whether an answer is the app's own way to ask for a login. A site in front of it asks with a
 * challenge, or with a page: the app's login would tell it nothing.
 */
export function asksForLogin(response: TransportResponse): boolean {
  return (
    response.status === 401 &&
    response.header("www-authenticate") === null &&
    response.header("content-type")?.includes("json") === true
  );
}

/** The error that an answer with a status outside 2xx stands for. */
export function errorFromStatus(
  response: TransportResponse,
  body: string,
  shown: Shown = { authorized: false, loggedIn: false },
): GradioError {
  const { status } = response;
  const detail = detailOf(body);
  const text = asString(detail);
  const path = URL.canParse(response.url) ? new URL(response.url).pathname : response.url;
  const refused = new HttpError(
    `${path} answered ${status}${text === undefined ? "" : `: ${text.slice(0, 300)}`}`,
    { status, body, retryAfter: retryAfterOf(response) },
  );
  if (status === 401) return unauthorized(response, detail, shown, refused);
  if (status === 407) {
    return new ConnectionError(
      "UNREACHABLE",
      "The proxy asks for a username and password, or the ones given are wrong (407).",
      { cause: refused },
    );
  }
  if (status === 422) {
    const problems = problemsOf(detail);
    if (problems !== undefined) return new ValidationError(problems);
  }
  if (status === 429) {
    return new TooManyRequestsError(
      "The app gets too many requests. Wait before the next call, or use a Space of your own.",
      retryAfterOf(response),
    );
  }
  if (status === 503 && text?.startsWith("Queue is full") === true) {
    return new QueueFullError(`The app's queue is full: ${text}`, refused);
  }
  return refused;
}

function unauthorized(
  response: TransportResponse,
  detail: unknown,
  { authorized, loggedIn }: Shown,
  cause: HttpError,
): AuthenticationError {
  const challenge = response.header("www-authenticate");
  if (challenge !== null) {
    const scheme = /^[\w-]+/.exec(challenge)?.[0] ?? "";
    return authorized
      ? new AuthenticationError(
          "INVALID_CREDENTIALS",
          `A site or proxy in front of the app does not take the "authorization" header (${scheme}).`,
          cause,
        )
      : new AuthenticationError(
          "LOGIN_REQUIRED",
          `A site or proxy in front of the app asks for credentials (${scheme}): pass them as an "authorization" header, in "headers".`,
          cause,
        );
  }
  const said = isObject(detail) ? plainText(asString(detail["auth_message"]) ?? "") : "";
  const what = loggedIn
    ? "The app took the login, but asks for it again: are its cookies kept?"
    : "The app asks for a login: its username and password are needed (`auth`).";
  return new AuthenticationError(
    "LOGIN_REQUIRED",
    said === "" ? what : `${what} It says: ${said}`,
    cause,
  );
}

function detailOf(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed["detail"] : undefined;
  } catch {
    // Refusals by a gateway are HTML: they have no detail.
    return undefined;
  }
}

/** Validators answer a list whose entries are marked; FastAPI's own 422 has no such mark. */
function problemsOf(detail: unknown): ValidationError["problems"] | undefined {
  const entries = asArray(detail).filter(isObject);
  if (!entries.some((entry) => entry["__type__"] === "validate")) return undefined;
  return entries
    .filter((entry) => entry["is_valid"] === false)
    .map((entry, position) => ({
      parameterName: asString(entry["parameter_name"]) ?? `param_${position}`,
      message: asString(entry["message"]) ?? "",
    }));
}

/** `Retry-After` in seconds: it comes as a number or as a date. */
function retryAfterOf(response: TransportResponse): number | undefined {
  const value = response.header("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
