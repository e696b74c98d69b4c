import { HttpError } from "../errors.js";

/** Whether a refusal means that the route itself is closed to us, whatever is asked of it. */
export function isClosedRoute(error: unknown): error is HttpError {
  return error instanceof HttpError && [403, 404, 405].includes(error.status);
}
