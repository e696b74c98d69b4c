import { beforeAll, describe, expect, inject, test } from "vitest";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { atMost, within } from "./at-most.js";
import { runInPage } from "./drivers/chromium.js";
import { runOnCommandLine } from "./drivers/command-line.js";
import { runInWorkerd } from "./drivers/workerd.js";
import type { Outcome, Place } from "./outcome.js";
import { runtimes, type Runtime } from "./runtimes.js";

/** How long a run may take, whatever it does; the drivers give up earlier where they can. */
const RUN_LIMIT_MILLISECONDS = 120_000;
/** The same for a run and the one before it, for which it may have to wait. */
const LIMIT_MILLISECONDS = 2 * RUN_LIMIT_MILLISECONDS + 10_000;

const { scenarios } = (await import(new URL("program/scenarios.mjs", import.meta.url).href)) as {
  readonly scenarios: Readonly<Record<string, unknown>>;
};

/** How to run the program, by the kind of runtime. */
const DRIVERS: Readonly<
  Record<
    Runtime["kind"],
    (runtime: Runtime & { program: string }, place: Place) => Promise<Outcome>
  >
> = {
  node: runOnCommandLine,
  bun: runOnCommandLine,
  deno: runOnCommandLine,
  workerd: runInWorkerd,
  chromium: runInPage,
};

const [freePort] = await freePorts(1);
const nowhere = `http://127.0.0.1:${freePort}`;
// All runs begin at once, in the order of the tests; the tests wait for theirs.
const inTurn = atMost(2);

for (const runtime of runtimes) {
  for (const server of inject("servers")) {
    const place = { url: server.apps.main, nowhere };
    const running = inTurn(() =>
      within(RUN_LIMIT_MILLISECONDS, DRIVERS[runtime.kind](runtime, place)),
    );
    // A failure belongs to the tests of this run: until they wait for it, it is nobody's.
    running.catch(() => {});
    describe(`${runtime.name} [${server.name}]`, () => {
      let outcome: Outcome;
      beforeAll(async () => {
        outcome = await running;
      }, LIMIT_MILLISECONDS);

      test.for(Object.keys(scenarios))("%s", (scenario) => {
        if (!outcome.told.has(scenario)) expect.fail(`there is no word of it: ${outcome.end}`);
        expect(outcome.told.get(scenario)).toBeUndefined();
      });

      test("comes to its end by itself", () => {
        expect(outcome.endedWell, outcome.end).toBe(true);
      });
    });
  }
}
