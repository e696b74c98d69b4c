import type { IncomingMessage, ServerResponse } from "node:http";
import { bendAnswer } from "./bend-answer.js";
import type { Fault } from "./fault.js";

/**
 * Lets a fault happen to a request.
 *
 * @returns whether the request goes on to the one who answers it.
 */
export async function admit(
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (fault?.before !== undefined && !(await fault.before(request, response))) return false;
  if (fault?.bend !== undefined) bendAnswer(response, fault.bend);
  return true;
}
