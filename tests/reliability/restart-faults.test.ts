import { afterAll, beforeAll, describe, inject, test } from "vitest";
import { expectToWork, withBench } from "./bench.js";
import { restartRows } from "./restart-rows.js";
import { startRestartableApp, type RestartableApp } from "./restartable-app.js";

for (const kind of inject("servers")) {
  describe(kind.name, () => {
    let app: RestartableApp;

    beforeAll(async () => {
      app = await startRestartableApp(kind);
    });

    afterAll(() => app[Symbol.asyncDispose]());

    test.each(restartRows)(`$fault [${kind.name}]`, async ({ run }) => {
      await withBench(app.server, async (bench) => {
        await run(bench, app);
        await expectToWork(bench);
      });
    });
  });
}
