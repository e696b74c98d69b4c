import { faultTable } from "./fault-table.js";
import { stopMoments } from "./stop-moments.js";

const introduction = `# What happens when something breaks

For every fault there is either the exact value, once, or a typed error in bounded time; afterwards the client works again as soon as the server does. This page is made from the tables that the tests in \`tests/reliability\` run: each row is a test of that name, against a real Gradio and the embedded server, behind the fault proxy of \`@gradio-kit/testing\`. \`npm test -- reliability\` runs them; \`npx vitest run --project reliability tests/reliability/document.test.ts --update\` writes this page anew.

[bench/peers.md](../bench/peers.md) has the same faults before Gradio's own clients, measured.

What the words mean: an error has a \`code\`; \`mayHaveRun\` says that the app may have run the function; \`retryable\` says that making the call again makes sense. Values that were received before an error stay in \`job.outputs()\`.

An event stream that breaks cannot be taken up again: Gradio drops what the session still had to say. So a call that was running is lost, unless it says \`idempotent: true\`, and then it is made again. \`session: "own"\` keeps the faults of other calls away from a call.
`;

/** docs/reliability.md, before it is formatted. */
export function document(): string {
  const faults = faultTable.map(({ title, rows }) => {
    const lines = rows.map(({ fault, seen }) => `| ${fault} | ${seen} |`);
    return [`## ${title}\n`, "| fault | what you see |", "| --- | --- |", ...lines, ""].join("\n");
  });
  const stops = stopMoments.map(({ moment, seen }) => `| ${moment} | ${seen} |`);
  const stopping = [
    "## Stopping a call\n",
    "`cancel()` and an aborted `signal` end a call for its caller at once, with `CancelledError` or the signal's own reason. Other calls of the session go on and lose nothing.\n",
    "| moment | what becomes of it |",
    "| --- | --- |",
    ...stops,
    "| after the end | nothing: `cancel()` says `false`, the value stays |",
    "",
  ].join("\n");
  const closing = `## Closing

\`close()\` may come at any moment, and twice: calls that run end with \`CLOSED\`, the app is told, and no connection or timer is left, so that the process can exit. When the app does not answer any more it takes about two seconds. A client that is dropped without \`close()\` does not keep the process alive by its heartbeat.
`;
  return [introduction, ...faults, stopping, closing].join("\n");
}
