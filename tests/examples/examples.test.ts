import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDemoApp, type GradioServer } from "@gradio-kit/testing";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { runExample } from "./run-example.js";

let app: GradioServer;
beforeAll(async () => {
  app = await createDemoApp({ delay: 10 });
});
afterAll(() => app.close());

test("node-script: calls, and streams", async () => {
  const { code, stdout } = await runExample("node-script", [app.url]);
  expect([code, stdout]).toEqual([0, "Hello Ada! Hello Ada!\n1\n1 2\n1 2 3\n"]);
});

test("node-script: an app that is not there is an error in words", async () => {
  const [port] = await freePorts(1);
  const { code, stdout, stderr } = await runExample("node-script", [`http://127.0.0.1:${port}`]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^UNREACHABLE: [^\n]+\n$/);
});

test("batch: makes what is missing, and tells what failed", async () => {
  await using from = await temporaryFolder();
  await using to = await temporaryFolder();
  for (const name of ["a.png", "b.png", "c.png", "d.png", "e.png"]) {
    await writeFile(join(from.path, name), PNG.sync.write(new PNG({ width: 2, height: 2 })));
  }
  await writeFile(join(from.path, "broken.png"), "no picture");
  await writeFile(join(to.path, "a.png"), "made before");
  const first = await runExample("batch", [from.path, to.path, app.url]);
  expect(first.stdout).toBe("4 made, 1 failed, 1 were there.\n");
  expect(first.stderr).toBe("broken.png: Only PNG images can be inverted.\n");
  expect(first.code).toBe(1);
  expect((await readdir(to.path)).toSorted()).toEqual([
    "a.png",
    "b.png",
    "c.png",
    "d.png",
    "e.png",
  ]);
  const again = await runExample("batch", [from.path, to.path, app.url]);
  expect(again.stdout).toBe("0 made, 1 failed, 5 were there.\n");
});

test("batch: says how it is used", async () => {
  const { code, stderr } = await runExample("batch", []);
  expect([code, stderr]).toEqual([2, "usage: node main.mjs <from> <to> [address]\n"]);
});
