import type { Exchange } from "./exchange.js";

/** Answers one request. */
export type Handler = (exchange: Exchange, parameters: readonly string[]) => void | Promise<void>;

/** A route: its method, what its path looks like, and who answers. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** Matched against the whole decoded path; groups become the handler's parameters. */
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/**
 * A route from a path such as `/call/{name}/{event}`: each `{…}` is one segment, `{…*}` the rest.
 * A `/?` at the end also takes the path with a slash.
 */
export function route(method: Route["method"], path: string, handler: Handler): Route {
  const source = path
    .replaceAll(/[.=]/g, (character) => `\\${character}`)
    .replaceAll(/\{\w+\*\}/g, "(.*)")
    .replaceAll(/\{\w+\}/g, "([^/]+)");
  return { method, pattern: new RegExp(`^${source}$`, "s"), handler };
}

/** The handler of a request, or how to refuse it. */
export type Match =
  | { readonly handler: Handler; readonly parameters: readonly string[] }
  | { readonly allow: string }
  | { readonly redirect: string }
  | undefined;

/** Finds who answers; `HEAD` goes where `GET` goes. */
export function match(routes: readonly Route[], method: string, path: string): Match {
  const wanted = method === "HEAD" ? "GET" : method;
  const hits = routes.flatMap(({ pattern, ...candidate }) => {
    const groups = pattern.exec(path);
    return groups ? [{ ...candidate, parameters: groups.slice(1) }] : [];
  });
  const hit = hits.find((candidate) => candidate.method === wanted);
  if (hit) return hit;
  const [other] = hits;
  if (other) return { allow: other.method };
  const bare = path.slice(0, -1);
  if (path.endsWith("/") && path !== "/" && routes.some(({ pattern }) => pattern.test(bare))) {
    return { redirect: bare };
  }
  return undefined;
}
