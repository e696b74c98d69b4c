import type { PeerFault } from "./peer-fault.js";
import type { Call, Outcome } from "./task.js";
import type { Trial } from "./trial.js";

/** What the caller saw. */
export type Verdict = "right" | "error" | "bare error" | "wrong" | "hangs" | "dies";

/** From bad to good. */
const order: readonly Verdict[] = ["dies", "hangs", "wrong", "bare error", "error", "right"];

/** What one call came to; connecting where there is no call. */
export function verdictOf(outcome: Outcome | undefined, call: Call | undefined): Verdict {
  if (outcome === undefined) return "dies";
  if ("hangs" in outcome) return "hangs";
  if ("error" in outcome) {
    const isBare = outcome.error === "Error" && outcome.tells === undefined;
    return isBare ? "bare error" : "error";
  }
  const right = call === undefined ? "connected" : call.right;
  return JSON.stringify(outcome.value) === JSON.stringify(right) ? "right" : "wrong";
}

/** What the worst of the calls of a trial came to. */
export function verdict({ calls, outcomes }: Trial): Verdict {
  const wanted = calls.length === 0 ? [undefined] : calls;
  const all = new Set(wanted.map((call, index) => verdictOf(outcomes[index], call)));
  return order.find((candidate) => all.has(candidate)) ?? "dies";
}

/** Whether the next call of the same client does what it should; yes if there was none. */
export function worksAgain({ again }: Trial): boolean {
  return again === undefined || ("value" in again && again.value === "Hello Bob!");
}

/** Whether a function ran more often than the caller had asked for. */
export const ranTooOften = ({ runs }: Trial, row: PeerFault): boolean => runs > (row.runs ?? 1);

/** Whether all was well but for what the caller saw. */
function leavesNoTrace(trial: Trial, row: PeerFault): boolean {
  const { diedOf, found } = trial;
  const isWell = diedOf === undefined && found === undefined;
  return isWell && !ranTooOften(trial, row) && worksAgain(trial);
}

/** Whether there is the value or an error in bounded time, nothing twice, and the next call works. */
export function isFine(trial: Trial, row: PeerFault): boolean {
  const seen = verdict(trial);
  const isBounded = seen === "right" || seen === "error" || seen === "bare error";
  return isBounded && leavesNoTrace(trial, row);
}

/** Whether a stopped call ends for its caller, and the other call of its session loses nothing. */
export function isStopped(trial: Trial, row: PeerFault): boolean {
  const [beside, stopped] = trial.calls;
  const isFree = !["hangs", "dies"].includes(verdictOf(trial.outcomes[1], stopped));
  const isUntouched = verdictOf(trial.outcomes[0], beside) === "right";
  return isFree && isUntouched && leavesNoTrace(trial, row);
}
