import type { PassThrough } from "./pass-through.js";

/** How many requests were under way at once, apart from streams and heartbeats, which stay open. */
export interface OpenRequests extends Disposable {
  readonly most: number;
}

/** Looks at a relay until the end of the block. */
export function watchOpen(relay: PassThrough): OpenRequests {
  let most = 0;
  const timer = setInterval(() => {
    const open = relay.seen.filter(
      (request) => request.open && !/heartbeat|queue\/data/.test(request.path),
    );
    most = Math.max(most, open.length);
  }, 1);
  return {
    get most() {
      return most;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
