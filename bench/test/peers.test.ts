import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { faultTable } from "../../tests/reliability/fault-table.js";
import { stopMoments } from "../../tests/reliability/stop-moments.js";
import { faultGroups } from "../dist/peers/fault-groups.js";
import { leftOut } from "../dist/peers/left-out.js";

/** The rows of docs/reliability.md, and what they say is seen. */
const promised = new Map(
  [
    ...faultTable.flatMap(({ rows }) => rows),
    ...stopMoments.map(({ moment, seen }) => ({ fault: moment, seen })),
    { fault: "after the end", seen: "the value stays" },
  ].map(({ fault, seen }) => [fault, seen]),
);

const tried = faultGroups.flatMap(({ rows }) => rows.map(({ fault }) => fault));

test("every fault of docs/reliability.md is put before all clients, or it is said why not", () => {
  expect([...tried, ...Object.keys(leftOut)].toSorted()).toEqual([...promised.keys()].toSorted());
});

test("bench/peers.md has every fault, and says of this client what docs/reliability.md says", async () => {
  const text = await readFile(new URL("../peers.md", import.meta.url), "utf8");
  const rows = new Map(
    text
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.slice(2).split(" | "))
      .map(([fault = "", ours = ""]) => [fault.trim(), ours.trim()]),
  );
  for (const fault of tried) {
    const ours = rows.get(fault) ?? "**not in the page**";
    // What is bold is bad.
    expect(`${fault}: ${ours}`).not.toContain("**");
    const codes = ours.match(/`(?!CANCELLED)[A-Z][A-Z\d_]+`/g) ?? [];
    for (const code of codes) expect(promised.get(fault)).toContain(code);
    if (ours.startsWith("the value")) expect(promised.get(fault)).toMatch(/value|nothing/);
  }
});
