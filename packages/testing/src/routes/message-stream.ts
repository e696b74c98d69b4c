import type { App } from "../app.js";
import type { Exchange, ResponseStream } from "../http/exchange.js";
import type { QueueMessage } from "../queue/messages.js";

/** How long a reader waits before it looks whether its session still exists. */
const recheckInterval = 10_000;

/** Writes a message, or leaves it out by answering `undefined`. */
export type MessageWriter = (message: QueueMessage) => string | undefined;

/**
 * Delivers a session's messages until nothing is pending, the client goes away (which deletes
 * what is undelivered), or the session turns out not to exist.
 */
export async function readMessages(
  app: App,
  exchange: Exchange,
  sessionHash: string,
  writer: MessageWriter,
): Promise<void> {
  const { queue } = app;
  const stream = exchange.openEventStream();
  const send = async (message: QueueMessage): Promise<void> => {
    const text = writer(message);
    if (text !== undefined) await stream.write(text);
  };
  const heartbeat = setInterval(
    () => queue.sessions.mailbox(sessionHash)?.put({ msg: "heartbeat", event_id: null }),
    app.settings.heartbeatInterval,
  );
  app.readers.set(sessionHash, (app.readers.get(sessionHash) ?? 0) + 1);
  try {
    await deliver(app, exchange, sessionHash, stream, send);
  } finally {
    clearInterval(heartbeat);
    app.readers.set(sessionHash, (app.readers.get(sessionHash) ?? 1) - 1);
  }
}

async function deliver(
  app: App,
  { disconnected }: Exchange,
  sessionHash: string,
  stream: ResponseStream,
  send: (message: QueueMessage) => Promise<void>,
): Promise<void> {
  const { queue } = app;
  for (;;) {
    if (disconnected.aborted) {
      // Noticed between two messages: the mailbox stays, its running events are mute.
      queue.dropSession(sessionHash);
      return;
    }
    const mailbox = queue.sessions.mailbox(sessionHash);
    if (!mailbox) {
      await send(unexpectedError("404: Not Found", true));
      await stream.abort();
      return;
    }
    const message = await mailbox.take(recheckInterval, disconnected);
    if (queue.stopped) {
      await send(unexpectedError("Server stopped unexpectedly.", false));
      await stream.abort();
      return;
    }
    if (!message && disconnected.aborted) {
      queue.sessions.dropMailbox(sessionHash);
      queue.dropSession(sessionHash);
      return;
    }
    if (!message) continue;
    await send(message);
    if (message.msg !== "process_completed") continue;
    if (queue.sessions.settle(sessionHash, message.event_id)) {
      await send({ msg: "close_stream", event_id: null });
      stream.end();
      return;
    }
  }
}

function unexpectedError(message: string, sessionNotFound: boolean): QueueMessage {
  return {
    msg: "unexpected_error",
    event_id: null,
    message,
    session_not_found: sessionNotFound,
    success: false,
  };
}
