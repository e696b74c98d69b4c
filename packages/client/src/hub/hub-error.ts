import { asString, isObject } from "../core/json.js";
import {
  AuthenticationError,
  ConnectionError,
  HttpError,
  SpaceError,
  TooManyRequestsError,
} from "../errors.js";
import type { HubApi } from "./hub-api.js";

/** What the Hub's refusal means for somebody who wants to use a Space. */
export function hubError(error: unknown, id: string, hub: HubApi): unknown {
  if (error instanceof AuthenticationError) return refused(error, id, hub);
  if (error instanceof TooManyRequestsError) {
    return new TooManyRequestsError("The Hub gets too many requests.", error.retryAfter);
  }
  if (error instanceof HttpError && error.status === 403) {
    const why = reasonOf(error);
    return new AuthenticationError(
      "INVALID_CREDENTIALS",
      `The Hub does not allow this for the Space "${id}" with the token of ${hub.token?.from ?? "nobody"}${why === undefined ? "" : ` (${why})`}.`,
      error,
    );
  }
  if (error instanceof HttpError && error.status === 404) {
    return new SpaceError(
      `There is no Space "${id}"${hub.token === undefined ? "" : ", or it is private and not yours"}.`,
      { url: hub.page(id), cause: error },
    );
  }
  if (error instanceof ConnectionError && error.code === "UNREACHABLE") {
    return new ConnectionError(
      "UNREACHABLE",
      `The Hub at ${hub.url} does not answer, so the Space "${id}" cannot be found. For an app elsewhere pass its address.`,
      { cause: error, retryable: true },
    );
  }
  if (error instanceof HttpError) {
    const { status, body, retryable, retryAfter } = error;
    const why = reasonOf(error);
    return new HttpError(
      `The Hub answered ${status} for the Space "${id}"${why === undefined ? "" : `: ${why}`}`,
      { status, body, retryable, retryAfter },
    );
  }
  return error;
}

/** The Hub answers 401 to strangers, whether a Space is private or does not exist. */
function refused(error: AuthenticationError, id: string, hub: HubApi): AuthenticationError {
  if (hub.token !== undefined) {
    return new AuthenticationError(
      "INVALID_CREDENTIALS",
      `The Hub does not know the token of ${hub.token.from}. Make one at ${hub.url}settings/tokens.`,
      error,
    );
  }
  return new AuthenticationError(
    "TOKEN_REQUIRED",
    `The Space "${id}" is private, or does not exist. If it is private, pass a token of somebody who may see it (the option token).`,
    error,
  );
}

/** What the Hub says for a reason. */
function reasonOf({ body }: HttpError): string | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) ? asString(answer["error"])?.slice(0, 300) : undefined;
  } catch {
    // Something in front of the Hub refused: its page says nothing of use.
    return undefined;
  }
}
