import { AuthenticationError, HttpError } from "../errors.js";
import { waitFor } from "./deadline.js";
import type { TransportResponse } from "./platform.js";
import type { Requests } from "./requests.js";
import { formsOf } from "./secrets.js";

/**
 * The login of an app: a form with username and password, answered with cookies. It is sent when the
 * app asks for it, at the start or when a session has run out, once for all requests that wait.
 */
export class Login {
  readonly #username: string;
  readonly #password: string;
  #count = 0;
  #running: Promise<void> | undefined;

  constructor([username, password]: readonly [username: string, password: string]) {
    this.#username = username;
    this.#password = password;
  }

  /** How often it was done; a refused request tells the count that it started with. */
  get count(): number {
    return this.#count;
  }

  /** What must not show in errors and log lines. */
  secrets(): string[] {
    return formsOf(this.#password);
  }

  /**
   * Logs in, unless that has been done since the refused request was sent.
   *
   * @throws AuthenticationError `INVALID_CREDENTIALS` when the app does not take them.
   */
  async renew(requests: Requests, countBefore: number, signal?: AbortSignal): Promise<void> {
    if (this.#count !== countBefore) return;
    if (this.#running === undefined) {
      this.#running = this.#logIn(requests).finally(() => {
        this.#running = undefined;
      });
      this.#running.catch(() => {
        // Told to those who wait; all of them can have been aborted meanwhile.
      });
    }
    await waitFor(this.#running, signal);
  }

  async #logIn(requests: Requests): Promise<void> {
    const form = new URLSearchParams({ username: this.#username, password: this.#password });
    const url = requests.root("/login");
    const response = await requests.send("POST", url, { form, login: false });
    if (response.status < 300 || hasSession(response)) {
      response.discard();
      this.#count += 1;
      return;
    }
    const refused = await refusalOf(requests, response);
    // FastAPI answers 422 to a form that lacks a field, and an empty one counts as lacking.
    if ([400, 401, 422].includes(response.status)) {
      throw new AuthenticationError(
        "INVALID_CREDENTIALS",
        `The app at ${requests.base} does not take this username and password.`,
        refused,
      );
    }
    if ([302, 303, 307, 404, 405].includes(response.status)) throw noForm(requests, refused);
    throw refused;
  }
}

/** Early servers of Gradio 3 answer a login with a redirect to the page. */
function hasSession({ setCookies = [] }: TransportResponse): boolean {
  return setCookies.some((cookie) => cookie.startsWith("access-token"));
}

async function refusalOf(requests: Requests, response: TransportResponse): Promise<unknown> {
  try {
    await requests.accept(response);
  } catch (error) {
    // A 401 would ask for the login that has just been refused: what it says is all that counts.
    return error instanceof AuthenticationError ? error.cause : error;
  }
  return undefined;
}

function noForm(requests: Requests, cause: unknown): AuthenticationError {
  const status = cause instanceof HttpError ? ` (${cause.status})` : "";
  return new AuthenticationError(
    "LOGIN_REQUIRED",
    `The app at ${requests.base} asks for a login, but takes no username and password by itself${status}: the site around it decides who may use it. Pass what that site expects, as "headers" or "http.cookies", instead of "auth".`,
    cause,
  );
}
