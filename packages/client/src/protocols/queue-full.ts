import { QueueFullError } from "../errors.js";

/** What `queue_full` means, the message that servers before 4.9 send instead of a refusal. */
export function queueFull(): QueueFullError {
  return new QueueFullError("The app's queue is full.");
}
