import { ConnectionError } from "./errors.js";
import { Follower } from "./follower.js";
import type { FileNotation } from "./core/file-notation.js";
import { waitFor } from "./io/deadline.js";
import type { Requests } from "./io/requests.js";
import { pauseBefore, pauseFor, wasNotTaken } from "./io/retry.js";
import type { ResultFiles } from "./io/result-files.js";
import { confirmApp } from "./io/same-app.js";
import type { JobRecord } from "./job-record.js";
import type { Call, Dialect, SendingScope, Session, Ticket } from "./protocols/dialect.js";

/** A call that has been checked and may be sent; its files are still to be uploaded. */
export interface PreparedCall extends Call {
  /** Where result files go; `undefined`: they stay on the server. */
  readonly directory: (() => string) | undefined;
  /** Whether it may run twice: then it is made again when nobody knows whether it has run. */
  readonly idempotent: boolean;
  /** Whether there are files among its inputs. */
  readonly hasFiles: boolean;
}

/** What a call needs of its client. */
export interface CallContext {
  readonly requests: Requests;
  readonly files: ResultFiles;
  readonly encoding: Dialect["encoding"];
  readonly notation: FileNotation;
  /** Brings the files of a call to the app; gives its data with what the app is to be told of them. */
  sendFiles(call: Call, scope: SendingScope): Promise<readonly unknown[]>;
}

/** A call on its way, and how it goes. */
export interface CallRun<T> {
  readonly call: PreparedCall;
  readonly record: JobRecord<T>;
}

/**
 * Runs a call to its end and writes what happens into its record. Never rejects: the record takes
 * every error. Resolves when nothing of the call is left, on the server too.
 *
 * @param sessionOf is asked for its session when it is about to be sent.
 * @returns whether there is no end yet, because the app was restarted before it took the call: what
 *   was prepared for the old one is void.
 */
export async function runCall<T, Run extends CallRun<T>>(
  run: Run & CallRun<T>,
  context: CallContext,
  sessionOf: (run: Run) => Session,
): Promise<boolean> {
  const { requests } = context;
  const { call, record } = run;
  try {
    // In any case after this turn: a call that its caller takes back at once is not sent.
    await context.files.prepare(record);
    const session = sessionOf(run);
    if (requests.app.inDoubt) await settleDoubt(requests, record.signal);
    if (requests.app.restarted) return true;
    const sent = call.hasFiles
      ? { ...call, data: await context.sendFiles(call, { session, signal: record.signal }) }
      : call;
    for (let attempt = 1; !record.done; attempt += 1) {
      const follower = new Follower(sent, context, record);
      let error: unknown;
      try {
        const ticket = await session.submit(sent, follower, record);
        error = await follower.end;
        // Ended by its owner, or because its messages make no sense: the server may still work on it.
        if (!follower.over) await stop(ticket);
        if (follower.idle !== undefined) await follower.idle;
      } catch (failure) {
        error = failure;
      }
      if (error === undefined) return false;
      // A value that has been handed out cannot be taken back: then it is too late for a second go.
      const again = call.idempotent && !record.yielded && wasLost(error);
      if (requests.app.restarted && !record.yielded && (again || wasNotTaken(error))) return true;
      const pause = again ? pauseBefore(call.retry, attempt) : undefined;
      if (pause === undefined) throw error;
      await pauseFor(pause, record.signal);
    }
  } catch (error) {
    record.fail(error);
  }
  return false;
}

/** Nothing shall be uploaded to an app that is not there any more. */
async function settleDoubt(requests: Requests, signal: AbortSignal): Promise<void> {
  const settled = confirmApp(requests).catch(() => {
    // It has been restarted, which is noted; or cannot be reached, which the call itself will find out.
  });
  await waitFor(settled, signal);
}

function wasLost(error: unknown): boolean {
  return error instanceof ConnectionError && error.code === "CONNECTION_LOST";
}

/** A cancel that the server does not take changes nothing for the caller, whose job has ended. */
async function stop(ticket: Ticket): Promise<void> {
  try {
    await ticket.cancel();
  } catch {
    // The job has ended for its caller, with the reason that is to be told.
  }
}
