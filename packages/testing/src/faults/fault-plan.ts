import type { IncomingMessage } from "node:http";
import type { Fault } from "./fault.js";

/** Which requests a fault befalls. */
export interface FaultRule {
  /** Default: any. */
  readonly method?: string;
  /**
   * The end of the path, such as `"/queue/join"`, or a pattern for the path with its query. Default:
   * any.
   */
  readonly path?: string | RegExp;
  /** Which of the requests that match, counted from 1. Default: all. */
  readonly nth?: number | readonly number[];
  /** What befalls them. */
  readonly fault: Fault;
}

/** The faults that are to come. */
export class FaultPlan {
  readonly #rules = new Map<FaultRule, number>();

  /** Adds a rule; the function that comes back takes it away. Of several the oldest one counts. */
  add(rule: FaultRule): () => void {
    this.#rules.set(rule, 0);
    return () => void this.#rules.delete(rule);
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The fault that befalls this request, if any. */
  take(request: Pick<IncomingMessage, "method" | "url">): Fault | undefined {
    let found: Fault | undefined;
    for (const [rule, count] of this.#rules) {
      if (!matches(rule, request)) continue;
      this.#rules.set(rule, count + 1);
      if (found === undefined && isMeant(rule, count + 1)) found = rule.fault;
    }
    return found;
  }
}

function isMeant({ nth }: FaultRule, count: number): boolean {
  return nth === undefined || [nth].flat().includes(count);
}

/** Whether a request is one of those that are described. */
export function matches(
  { method, path }: Pick<FaultRule, "method" | "path">,
  request: Pick<IncomingMessage, "method" | "url">,
): boolean {
  const url = request.url ?? "/";
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  if (typeof path !== "string") return path.test(url);
  return (url.split("?", 1)[0] ?? "").endsWith(path);
}
