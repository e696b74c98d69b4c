import type { RunReports } from "../run/create-context.js";
import type { QueueEvent } from "./queue-event.js";
import type { QueueSessions } from "./queue-sessions.js";

const progressInterval = 10;

/** Sends the progress and the logs of an event; fast progress ticks overwrite each other. */
export function eventReports(event: QueueEvent, sessions: QueueSessions): RunReports {
  const flush = (): void => {
    if (!event.progress) return;
    sessions.send(event, { msg: "progress", event_id: event.id, progress_data: event.progress });
    event.progress = undefined;
    event.progressSentAt = performance.now();
  };
  return {
    progress(units) {
      event.progress = units;
      clearTimeout(event.progressTimer);
      const elapsed = performance.now() - event.progressSentAt;
      if (event.progressSentAt === 0 || elapsed >= progressInterval) flush();
      else event.progressTimer = setTimeout(flush, progressInterval - elapsed);
    },
    log(level, text, { duration, visible, title }) {
      sessions.send(event, {
        msg: "log",
        event_id: event.id,
        log: text,
        level,
        duration,
        visible,
        title,
      });
    },
  };
}
