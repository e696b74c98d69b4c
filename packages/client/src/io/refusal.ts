import { asArray, asString, isObject } from "../core/json.js";
import {
  AuthenticationError,
  type GradioError,
  HttpError,
  QueueFullError,
  TooManyRequestsError,
  ValidationError,
} from "../errors.js";
import type { TransportResponse } from "./platform.js";

/** The error that an answer with a status outside 2xx stands for. */
export function errorFromStatus(response: TransportResponse, body: string): GradioError {
  const { status } = response;
  const detail = detailOf(body);
  const text = asString(detail);
  const path = URL.canParse(response.url) ? new URL(response.url).pathname : response.url;
  const refused = new HttpError(
    `${path} answered ${status}${text === undefined ? "" : `: ${text.slice(0, 300)}`}`,
    { status, body, retryAfter: retryAfterOf(response) },
  );
  if (status === 401) {
    const message = isObject(detail) ? asString(detail["auth_message"]) : undefined;
    return new AuthenticationError(
      "LOGIN_REQUIRED",
      message ?? "The app asks for a login: its username and password are needed.",
      refused,
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
