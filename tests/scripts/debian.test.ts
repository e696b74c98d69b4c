import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { provisionFromDebian } from "../../scripts/debian.mjs";
import { environment } from "../harness/environment.js";
import { temporaryFolder } from "../harness/temporary-folder.js";

const name = "gradio-kit-proxy";

test("a program that is there is taken, on a CI machine as anywhere", async () => {
  await using folder = await temporaryFolder();
  const program = join(folder.path, name);
  await writeFile(program, "#!/bin/sh\n");
  await chmod(program, 0o755);
  for (const CI of ["true", undefined]) {
    using _ = environment({ PATH: folder.path, CI });
    expect(await provisionFromDebian(name)).toEqual({ program });
  }
});

test("a program that is missing is left out by name, and a failure on a CI machine", async () => {
  await using folder = await temporaryFolder();
  // Nothing is here that could install it.
  const PATH = folder.path;
  const reason = `there is no \`${name}\`. On Debian: apt-get install ${name}`;
  {
    using _ = environment({ PATH, CI: undefined });
    expect(await provisionFromDebian(name)).toEqual({ missing: reason });
  }
  using _ = environment({ PATH, CI: "true" });
  await expect(provisionFromDebian(name)).rejects.toThrow(reason);
});

test("so is one that is there, but is not to be run", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, name), "");
  using _ = environment({ PATH: folder.path, CI: undefined });
  expect(await provisionFromDebian(name)).toHaveProperty("missing");
});
