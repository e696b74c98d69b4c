import { expect, inject, test } from "vitest";
import { expectToWork, withBench } from "./bench.js";
import type { FaultRow } from "./fault-row.js";

/** Tests each row on every server: what it promises, and that the client works again afterwards. */
export function testRows(rows: readonly FaultRow[]): void {
  for (const server of inject("servers")) {
    test.each(rows)(`$fault [${server.name}]`, async ({ run, runs = 1 }) => {
      await withBench(server, async (bench) => {
        await run(bench);
        await expectToWork(bench);
        expect(await bench.starts()).toBeLessThanOrEqual(runs);
      });
    });
  }
}
