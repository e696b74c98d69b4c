import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { blocks, type Block } from "./blocks.js";
import { startPlaces, unavailable, type Places } from "./places.js";
import { ask, compile, run } from "./programs.js";

const all = blocks();
const canRun = ({ code }: Block): boolean => !unavailable.some((address) => code.includes(address));
let places: Places;
let programs: Awaited<ReturnType<typeof compile>>;

beforeAll(async () => {
  places = await startPlaces();
  programs = await compile(all, places);
});

afterAll(() => places[Symbol.asyncDispose]());

test("there are examples", () => {
  expect(all.length).toBeGreaterThan(8);
});

describe.each(all.map((block): [string, Block] => [block.title, block]))("%s", (_, block) => {
  test("compiles, strictly", () => {
    expect(programs.get(block)?.problems).toEqual([]);
  });

  test.runIf(canRun(block))("runs, and prints what it says", async () => {
    await using folder = await temporaryFolder();
    await writeFile(
      join(folder.path, "picture.png"),
      PNG.sync.write(new PNG({ width: 2, height: 2 })),
    );
    const file = programs.get(block)?.file ?? "";
    const variables = { ...places.variables, HF_HOME: folder.path };
    if (block.serves) {
      const url = `http://127.0.0.1:${places.addresses["7861"]}/`;
      const visitor = { "x-ip-token": "the-visitor" };
      expect(await ask(file, folder.path, variables, url, visitor)).toBe(block.prints.join(" "));
      const { requests } = places.hub.space("ada/poems");
      const call = requests.findLast(({ path }) => path.endsWith("/queue/join"));
      expect(call?.headers["x-ip-token"]).toBe("the-visitor");
      return;
    }
    const before = (await places.proxy?.requests())?.length ?? 0;
    const printed = await run(file, folder.path, variables);
    const lines = printed.trimEnd().split("\n");
    expect(lines.filter((line) => block.prints.includes(line))).toEqual(block.prints);
    const asked = ((await places.proxy?.requests())?.length ?? 0) - before;
    expect(asked > 0).toBe(block.code.includes("proxy.example.com"));
  });
});
