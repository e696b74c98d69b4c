import { expect, test } from "vitest";
import { buildPage } from "./pages/build-page.js";

test.for(["esbuild", "vite"] as const)("%s builds a page without a warning", async (bundler) => {
  const { warnings } = await buildPage(bundler);
  expect(warnings).toEqual([]);
});
