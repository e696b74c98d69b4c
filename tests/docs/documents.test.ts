import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDemoApp, type GradioServer } from "@gradio-kit/testing";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { blocks, type Block } from "./blocks.js";
import { compile, run } from "./programs.js";

const all = blocks();
let app: GradioServer;
let programs: Awaited<ReturnType<typeof compile>>;

beforeAll(async () => {
  app = await createDemoApp({ delay: 10 });
  programs = await compile(all, app.url);
});

afterAll(async () => {
  await app.close();
});

test("there are examples", () => {
  expect(all.length).toBeGreaterThan(8);
});

describe.each(all.map((block): [string, Block] => [block.title, block]))("%s", (_, block) => {
  test("compiles, strictly", () => {
    expect(programs.get(block)?.problems).toEqual([]);
  });

  test.runIf(block.runs)("runs, and prints what it says", async () => {
    await using folder = await temporaryFolder();
    await writeFile(
      join(folder.path, "picture.png"),
      PNG.sync.write(new PNG({ width: 2, height: 2 })),
    );
    const lines = (await run(programs.get(block)?.file ?? "", folder.path)).trimEnd().split("\n");
    expect(lines.filter((line) => block.prints.includes(line))).toEqual(block.prints);
  });
});
