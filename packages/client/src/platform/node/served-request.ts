import type { AsyncLocalStorage } from "node:async_hooks";
import type { ServedRequest } from "../../io/platform.js";
import { getBuiltinModule } from "./builtin-module.js";

/** Made for the first one: most programs answer no requests. */
let served: AsyncLocalStorage<ServedRequest> | undefined;

/** The request that is being answered where this is called. */
export function servedRequest(): ServedRequest | undefined {
  return served?.getStore();
}

/**
 * Runs a function that answers a request of a server of one's own. Calls of Space clients within it,
 * however deep, pass on who asked (`x-ip-token`), so that ZeroGPU counts against the visitor's
 * quota and not against the server's. It needs no passing along of the request.
 *
 * @param request of Node's `http`, of a framework on top of it, or a `Request`.
 * @returns what the function returns.
 * @example
 * ```ts
 * app.use((request, response, next) => runWithRequest(request, next));
 * ```
 */
export function runWithRequest<Result>(request: ServedRequest, run: () => Result): Result {
  served ??= new (getBuiltinModule("node:async_hooks").AsyncLocalStorage)();
  return served.run(request, run);
}
