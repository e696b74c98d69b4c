import type { SocketRequest } from "../../io/platform.js";

/** The address of a WebSocket. */
export function socketUrl({ url }: SocketRequest): string {
  return url.replace(/^http/, "ws");
}

/** Talks over a WebSocket that is being opened; resolves with the code of its close. */
export function converse(
  socket: WebSocket,
  { url, signal, limit, onMessage }: SocketRequest,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let opened = false;
    const close = (): void => socket.close();
    signal.addEventListener("abort", close);
    if (signal.aborted) close();
    socket.addEventListener("open", () => {
      opened = true;
    });
    socket.addEventListener("message", ({ data }) => {
      const text = String(data);
      try {
        limit.reset();
        // In UTF-16 units: never more than its bytes, and what is sent is nearly all ASCII.
        limit.add(text.length);
      } catch (error) {
        reject(error as Error);
        socket.close();
        return;
      }
      onMessage(text, (answer) => socket.send(answer));
    });
    socket.addEventListener("error", (event) => reject(failureOf(event, url, opened)));
    socket.addEventListener("close", ({ code }) => {
      signal.removeEventListener("abort", close);
      resolve(code);
    });
  });
}

/** Node's `ws` tells what went wrong, the others say nothing: then it is the error that `fetch` has. */
function failureOf(event: Event, url: string, opened: boolean): unknown {
  if ("error" in event && event.error instanceof Error) return event.error;
  const what = `The WebSocket to ${url} ${opened ? "broke" : "could not be opened"}.`;
  return opened ? Object.assign(new Error(what), { code: "ECONNRESET" }) : new TypeError(what);
}
