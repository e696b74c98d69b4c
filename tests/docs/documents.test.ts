import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDemoApp, type GradioServer, type Hub } from "@gradio-kit/testing";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { blocks, type Block } from "./blocks.js";
import { compile, run } from "./programs.js";
import { startSpaces, token } from "./spaces.js";

const all = blocks();
let app: GradioServer;
let hub: Hub;
let programs: Awaited<ReturnType<typeof compile>>;

beforeAll(async () => {
  app = await createDemoApp({ delay: 10 });
  hub = await startSpaces(app.url);
  programs = await compile(all, app.url);
});

afterAll(async () => {
  await hub.close();
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
    const variables = {
      HF_ENDPOINT: hub.url,
      // Nobody is logged in.
      HF_HOME: folder.path,
      HF_HUB_DISABLE_IMPLICIT_TOKEN: "1",
      MY_TOKEN: token,
    };
    const printed = await run(programs.get(block)?.file ?? "", folder.path, variables);
    const lines = printed.trimEnd().split("\n");
    expect(lines.filter((line) => block.prints.includes(line))).toEqual(block.prints);
  });
});
