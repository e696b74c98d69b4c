import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import { gradioKitIn } from "../command-line.js";
import { serversOf } from "./servers.js";

describe.each(serversOf("generations"))("%s", (_, server) => {
  test("several files for one input: a list, and a gallery", async () => {
    await using folder = await temporaryFolder();
    const picture = PNG.sync.write(new PNG({ width: 2, height: 2 }));
    for (const name of ["a.png", "b c.png"]) await writeFile(join(folder.path, name), picture);
    const call = async (name: string, key: string): Promise<unknown> => {
      const words = [`${key}=@a.png`, `${key}=@b c.png`];
      const place = { cwd: folder.path };
      const { code, stdout, stderr } = await gradioKitIn(
        place,
        "predict",
        server.apps.main,
        name,
        ...words,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return JSON.parse(stdout);
    };
    const size = picture.length;
    expect(await call("/describe_files", "uploads")).toMatchObject([{ size }, { size }]);
    expect(await call("/describe_gallery", "gallery")).toMatchObject([
      { caption: null },
      { caption: null },
    ]);
  });
});
