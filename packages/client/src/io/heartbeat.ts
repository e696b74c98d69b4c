import type { Requests } from "./requests.js";

/** First and longest pause before a heartbeat is opened again, in milliseconds. */
const firstPause = 1000;
const longestPause = 30_000;

/**
 * Holds `/heartbeat/<session>` open: while it lives the app keeps the session's State, and frees it
 * when it ends (protocol: State, `unload` handlers and caches hang on it).
 *
 * It never keeps the process alive. An app without the route answers 4xx: then there is none.
 *
 * @returns the function that ends it.
 */
export function startHeartbeat(requests: Requests, sessionHash: string): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPause;

  const beat = async (): Promise<void> => {
    try {
      const response = await requests.send(
        "GET",
        requests.api(`/heartbeat/${encodeURIComponent(sessionHash)}`),
        { signal, background: true },
      );
      if (response.status >= 400 && response.status < 500) {
        response.discard();
        return;
      }
      await response.read(() => {
        pause = firstPause;
      });
    } catch {
      // A heartbeat that breaks is opened again below; calls report what is wrong with the server.
    }
    if (signal.aborted) return;
    requests.app.doubt();
    timer = setTimeout(() => void beat(), pause);
    // Only Node's timers hold a process, and only they can be told not to.
    if (typeof timer === "object") timer.unref();
    pause = Math.min(pause * 2, longestPause);
  };

  void beat();
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
}
