import { AuthenticationError, ConnectionError, HttpError } from "../errors.js";
import type { TransportResponse } from "../io/platform.js";
import type { Requests } from "../io/requests.js";
import type { SoloJob } from "./solo-job.js";

/** The code with which an app closes a socket that lacks a login. */
const loginRequired = 1008;

/**
 * Why a conversation over a WebSocket did not take place, if that may be for want of a login: Gradio
 * closes such a socket before it is open, which reaches the client as 403.
 *
 * @throws what any other answer than a WebSocket stands for.
 */
export async function refusalOf(
  requests: Requests,
  end: number | TransportResponse,
): Promise<Error | undefined> {
  if (end === loginRequired) {
    return new AuthenticationError(
      "LOGIN_REQUIRED",
      "The app asks for a login: its username and password are needed.",
    );
  }
  if (typeof end === "number") return undefined;
  try {
    const { status } = await requests.accept(end);
    end.discard();
    throw new ConnectionError(
      "UNREACHABLE",
      `The app answers ${status} where it should open a WebSocket: does a proxy in front of it let them through?`,
    );
  } catch (error) {
    if (end.status === 401 || end.status === 403) return error as Error;
    throw error;
  }
}

/**
 * Asks by a request whether a login is lacking: that logs in again, where the caller gave a login.
 *
 * @throws AuthenticationError `LOGIN_REQUIRED` where the caller gave none; `refusal` where the app
 *   cannot be asked.
 */
export async function checkLogin(requests: Requests, job: SoloJob, refusal: Error): Promise<void> {
  const { signal } = job;
  const { headers } = job.call;
  try {
    const url = requests.root("/login_check");
    const response = await requests.request("GET", url, { signal, headers });
    response.discard();
  } catch (error) {
    throw error instanceof HttpError ? refusal : error;
  }
}
