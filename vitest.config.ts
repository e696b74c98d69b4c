import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { newest } = JSON.parse(readFileSync(at("tests/harness/gradio-versions.json"), "utf8"));
const python = at(`.cache/python/gradio-${newest}/bin/python`);

/** Node 20 knows no `await using`. */
const oxc = { target: "es2022" };

const shared = {
  // The packages are tested as they are published: built, and loaded by Node itself.
  server: { deps: { external: [/\/(?:packages\/[^/]+|bench)\/dist\//] } },
  // Titles that are made from tables of tests are longer than the 40 characters that are shown else.
  chaiConfig: { truncateThreshold: 200 },
  // For what hangs, not for what is slow: two cores serve nine Gradios beside the tests, and the
  // longest scenario takes 25 seconds when four others want them as well.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // `npm test` names the interpreter it provisioned; after it, plain `npx vitest` finds it as well.
  env: existsSync(python) ? { GRADIO_KIT_PYTHON: process.env.GRADIO_KIT_PYTHON ?? python } : {},
};

export default defineConfig({
  test: {
    // The servers want a core as well, and most of the time a test waits for them.
    maxWorkers: 2,
    projects: [
      {
        oxc,
        test: { ...shared, name: "packages", include: ["packages/*/test/**/*.test.ts"] },
      },
      {
        oxc,
        test: {
          ...shared,
          name: "bench",
          include: ["bench/test/**/*.test.ts"],
          // For what hangs: on a machine with ten times as much to do they take a minute.
          testTimeout: 240_000,
        },
      },
      {
        oxc,
        test: {
          ...shared,
          name: "tools",
          include: ["tests/cli/*.test.ts", "tests/{docs,examples,packages,scripts}/**/*.test.ts"],
        },
      },
      {
        oxc,
        test: { ...shared, name: "hub", include: ["tests/hub/**/*.test.ts"] },
      },
      {
        oxc,
        test: {
          ...shared,
          name: "contract",
          // The command line on the same servers.
          include: ["tests/contract/**/*.test.ts", "tests/cli/servers/**/*.test.ts"],
          globalSetup: ["tests/harness/global-setup.ts"],
        },
      },
      {
        oxc,
        test: {
          ...shared,
          name: "connections",
          include: ["tests/connections/**/*.test.ts"],
          globalSetup: ["tests/connections/global-setup.ts"],
        },
      },
      {
        oxc,
        test: {
          ...shared,
          name: "reliability",
          include: ["tests/reliability/**/*.test.ts"],
          globalSetup: ["tests/reliability/global-setup.ts"],
        },
      },
      {
        oxc,
        test: {
          ...shared,
          name: "runtimes",
          include: ["tests/runtimes/**/*.test.ts"],
          globalSetup: ["tests/runtimes/global-setup.ts"],
        },
      },
    ],
  },
});
