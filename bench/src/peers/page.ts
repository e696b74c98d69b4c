import { cell, type Seen } from "./cell.js";
import { leftOut } from "./left-out.js";
import type { FaultGroup, PeerFault } from "./peer-fault.js";
import type { PeerName } from "./task.js";
import { endPatience, patience, type Trial } from "./trial.js";
import { isFine, isStopped, ranTooOften, verdict, worksAgain, type Verdict } from "./verdict.js";

/** What was seen of a row; who cannot be tried is missing. */
interface SeenRow {
  readonly row: PeerFault;
  readonly seen: ReadonlyMap<PeerName, Seen>;
}

/** The rows of a table. */
export interface SeenGroup extends Pick<FaultGroup, "title"> {
  readonly rows: readonly SeenRow[];
}

/** In the order of the columns. */
export const peerNames: readonly PeerName[] = ["ours", "npm", "python"];

const columns = ["`@gradio-kit/client`", "`@gradio/client`", "`gradio_client`"];

/** bench/peers.md, before it is formatted. */
export function page(groups: readonly SeenGroup[], facts: string, minutes: number): string {
  const faults = groups.flatMap(({ rows }) => rows).filter(({ row }) => row.stop === undefined);
  const stops = groups.flatMap(({ rows }) => rows).filter(({ row }) => row.stop !== undefined);
  const stopCounts = counts(stops, isStopped).map((count, index) => `${columns[index]} ${count}`);
  return [
    `# The same faults, three clients\n`,
    `What \`npm run peers\` wrote, in ${minutes.toFixed(1)} minutes: the faults of [docs/reliability.md](../docs/reliability.md), by the same names, put by the fault proxy of \`@gradio-kit/testing\` in front of a real Gradio, before this client and the two official ones. Each does what its own documentation says, with its defaults, in a process of its own.\n`,
    `${facts}\n`,
    summary(faults),
    `\nOf ${stops.length} moments at which a call is stopped beside another call of its session, it ends for its caller, the other call loses nothing, the app does what docs/reliability.md says and the next call works: ${stopCounts.join(", ")}.\n`,
    reading,
    ...groups.map(table),
    "## Not put before them\n",
    ...Object.entries(leftOut).map(([fault, reason]) => `- ${fault}: ${reason}.`),
    "",
  ].join("\n");
}

const reading = `## How to read it

- \`Names\` are the code of the error that the caller gets, or its class, and what it says beside its message. Seconds are from the call, or from the moment at which it was stopped, to its end.
- **hangs**: a caller who does what the documentation says has seen neither a value nor an error after ${patience / 1000} seconds. Nobody is given a time limit, except in the two rows of servers that never answer: 5 seconds, where a client takes one. Python's \`job.result(timeout=…)\` can be asked for everywhere: its column says what it makes of a call that hangs (\`with timeout\`).
- After each fault, when all is well again, the same client makes one call more: what is said of **the next call**. Then it is closed; a process that has not ended ${endPatience / 1000} seconds later **does not end**.
- A function that has to be still running when something breaks ends one second later: who goes on waiting can have its value then. The app sends a heartbeat every 2 seconds instead of every 15. A restarted app is another process behind the same address.
- A call is stopped beside another call of its session, of a generator; where what is stopped is a generator as well, of the same one.
- “–”: this client has nothing that the fault could befall.
- npm's client: \`predict\`, and \`submit\` for generators and for calls that are stopped; a status of the stage \`error\` counts as an error. Python's: \`submit\`, \`result()\` and \`outputs()\`.
`;

const saw = (wanted: Verdict) => (trial: Trial) => verdict(trial) === wanted;

function summary(rows: readonly SeenRow[]): string {
  const lines: readonly (readonly [string, (trial: Trial, row: PeerFault) => boolean])[] = [
    [
      "**the value or an error in bounded time, nothing run twice, and the next call works**",
      isFine,
    ],
    ["the value", saw("right")],
    ["an error with a code or a class of its own", saw("error")],
    ["a plain `Error`, with a message only", saw("bare error")],
    ["a wrong value, or not every value", saw("wrong")],
    ["hangs", saw("hangs")],
    ["the process dies", saw("dies")],
    ["besides: the function ran more often than it was called", ranTooOften],
    ["besides: the next call fails or hangs", (trial) => !worksAgain(trial)],
    ["besides: the process does not end", ({ ended }) => !ended],
  ];
  return [
    head([`of ${rows.length} faults`, ...columns]),
    ...lines.map(([what, test]) => line([what, ...counts(rows, test)])),
  ].join("\n");
}

function counts(
  rows: readonly SeenRow[],
  test: (trial: Trial, row: PeerFault) => boolean,
): string[] {
  return peerNames.map((peer) => {
    const tried = rows.filter(({ seen }) => seen.has(peer));
    const count = tried.filter(({ row, seen }) => {
      const found = seen.get(peer);
      return found !== undefined && test(found.trial, row);
    }).length;
    return tried.length === rows.length ? String(count) : `${count} of ${tried.length}`;
  });
}

function table({ title, rows }: SeenGroup): string {
  const lines = rows.map(({ row, seen }) => {
    const cells = peerNames.map((peer) => {
      const found = seen.get(peer);
      return found === undefined ? `– (${row.notFor?.[peer]})` : cell(found, row);
    });
    return line([row.fault, ...cells]);
  });
  const first = rows.some(({ row }) => row.stop !== undefined) ? "moment" : "fault";
  return [`## ${title}\n`, head([first, ...columns]), ...lines, ""].join("\n");
}

const line = (cells: readonly string[]): string =>
  `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;

const head = (cells: readonly string[]): string =>
  `${line(cells)}\n${line(cells.map(() => "---"))}`;
