import type { PeerFault } from "./peer-fault.js";
import type { Call, Outcome } from "./task.js";
import type { Trial } from "./trial.js";
import { ranTooOften, verdictOf, worksAgain } from "./verdict.js";

/** What was seen of a fault at one peer. */
export interface Seen {
  readonly trial: Trial;
  /** The same once more, where it hung, with the time limit that the client offers. */
  readonly bounded?: Trial | undefined;
}

const longest = 60;
/** An error that takes longer, in seconds, lets its caller wait. */
const slow = 2;

/** A cell of the page. */
export function cell({ trial, bounded }: Seen, row: PeerFault): string {
  const { diedOf, outcomes, ended, seconds } = trial;
  if (outcomes.length === 0) return `**the process dies** of \`${diedOf}\``;
  const hangs = outcomes.some((outcome) => "hangs" in outcome);
  const fails = row.stop !== undefined || outcomes.some((outcome) => "error" in outcome);
  const notes = [
    row.stop === undefined ? inOne(trial) : stopped(trial, row),
    ...(!fails || hangs || seconds < slow ? [] : [`${seconds.toFixed(0)} s`]),
    ...(bounded === undefined ? [] : [`with \`timeout\`: ${inOne(bounded)}`]),
    ...(fails && row.stop === undefined && trial.runs > 0 && !ranTooOften(trial, row)
      ? ["the function ran"]
      : []),
    ...(ranTooOften(trial, row) ? [`**run ${trial.runs} times**`] : []),
    ...(trial.found === undefined ? [] : [trial.found]),
    ...(diedOf === undefined ? [] : [`**then the process dies** of \`${diedOf}\``]),
    ...(worksAgain(trial) ? [] : [nextCall(trial)]),
    ...(ended ? [] : ["**the process does not end**"]),
  ];
  return notes.join("; ");
}

/** What became of the calls, told once where it is the same for all. */
function inOne({ calls, outcomes }: Trial): string {
  const texts = outcomes.map((outcome, index) => text(outcome, calls[index]));
  const pieces: { text: string; count: number }[] = [];
  for (const text of texts) {
    const last = pieces.at(-1);
    if (last?.text === text) last.count += 1;
    else pieces.push({ text, count: 1 });
  }
  if (pieces.length === 1) return texts[0] ?? "";
  return pieces
    .map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`))
    .join(", then ");
}

/** The other call of the session comes first, what was stopped second. */
function stopped({ calls, outcomes }: Trial, { stop }: PeerFault): string {
  const [beside, own] = outcomes;
  const end = own === undefined ? "lost" : endOf(own, calls[1], stop === "after the end");
  if (verdictOf(beside, calls[0]) === "right") return end;
  return `${end}; **the other call**: ${beside === undefined ? "lost" : text(beside, calls[0])}`;
}

function endOf(outcome: Outcome, call: Call | undefined, isOver: boolean): string {
  if (!("value" in outcome)) return text(outcome, call);
  const isWhole = verdictOf(outcome, call) === "right";
  if (isWhole) return isOver ? "the value" : "the value, as if it were not stopped";
  return "ends without an error";
}

function nextCall({ again }: Trial): string {
  if (again === undefined || "hangs" in again) return "**the next call hangs**";
  return `**the next call**: ${text(again, undefined)}`;
}

function text(outcome: Outcome, call: Call | undefined): string {
  if ("hangs" in outcome) return "**hangs**";
  if ("error" in outcome) {
    const names = [outcome.error, ...(outcome.tells ?? [])].map((name) => `\`${name}\``).join(", ");
    return outcome.values === undefined || call?.wants !== "values"
      ? names
      : `${outcome.values} value${outcome.values === 1 ? "" : "s"}, then ${names}`;
  }
  if (verdictOf(outcome, call) === "right") return call === undefined ? "connects" : "the value";
  if (outcome.value === undefined) return "**ends without a value**";
  const value = JSON.stringify(outcome.value);
  const shown = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return `**a wrong value**: \`${shown}\``;
}
