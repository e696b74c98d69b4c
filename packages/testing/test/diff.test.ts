import { readFileSync } from "node:fs";
import { createGradioServer, dataframe, endpoint, number } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { callThrough } from "./support/wire.js";

interface DiffCase {
  readonly before: unknown;
  readonly after: unknown;
  readonly edits: unknown;
}

// Recorded from the diff function of Gradio 6.31.0, its wrong delete indices included.
const cases = JSON.parse(
  readFileSync(new URL("support/diff-cases.json", import.meta.url), "utf8"),
) as DiffCase[];

test("streamed edits are the ones the real server sends", async () => {
  const stream = endpoint({
    apiName: "stream",
    inputs: [number()],
    outputs: [dataframe()],
    run: function* (index) {
      yield cases[index]?.before;
      yield cases[index]?.after;
    },
  });
  await using server = await createGradioServer({ endpoints: [stream] });
  const sent: unknown[] = [];
  for (const index of cases.keys()) {
    const messages = await callThrough(server, `s${index}`, 0, [index]);
    const second = messages.filter(({ msg }) => msg === "process_generating")[1];
    sent.push(second?.output?.data?.[0]);
  }
  expect(sent).toEqual(cases.map(({ edits }) => edits));
});
