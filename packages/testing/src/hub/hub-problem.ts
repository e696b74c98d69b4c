import type { Handler, Route } from "../http/router.js";
import { route } from "../http/router.js";

/** A refusal in the Hub's shape: `error` in the body, and its reason in two headers. */
export class HubProblem extends Error {
  override readonly name = "HubProblem";
  readonly status: number;
  /** Such as `"RepoNotFound"`. */
  readonly reason: string | undefined;

  constructor(status: number, message: string, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** A route of the Hub: its refusals are answered the way the Hub does. */
export function hubRoute(method: Route["method"], path: string, handler: Handler): Route {
  return route(method, path, async (exchange, parameters) => {
    try {
      await handler(exchange, parameters);
    } catch (error) {
      if (!(error instanceof HubProblem)) throw error;
      exchange.setHeader("x-error-message", error.message);
      if (error.reason !== undefined) exchange.setHeader("x-error-code", error.reason);
      exchange.json(error.status, { error: error.message });
    }
  });
}
