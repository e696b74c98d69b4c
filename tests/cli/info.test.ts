import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createDemoApp } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKit, gradioKitIn } from "./command-line.js";

test("the endpoints of an app, as a person reads them", async () => {
  await using app = await createDemoApp();
  const { code, stdout, stderr } = await gradioKit("info", app.url);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const name of ["/greet", "/invert", "/count", "/forever", "/tally"]) {
    expect(stdout).toContain(name);
  }
});

test("one endpoint: what it takes, what it gives, and a call that works when pasted", async () => {
  await using app = await createDemoApp();
  for (const name of ["/greet", "greet", "0"]) {
    const { stdout } = await gradioKit("info", app.url, name);
    expect(stdout).toMatch(/times +number += 2 +Times \(Number\)/);
    const call = stdout.trimEnd().split("\n").at(-1)?.trim().split(" ").slice(1) ?? [];
    expect((await gradioKit(...call)).stdout).toBe("Hello World! Hello World!\n");
  }
});

test("--json gives what viewApi gives", async () => {
  await using app = await createDemoApp();
  const all = JSON.parse((await gradioKit("info", app.url, "--json")).stdout) as {
    namedEndpoints: Record<string, { parameters: unknown[] }>;
  };
  const one: unknown = JSON.parse((await gradioKit("info", app.url, "/count", "--json")).stdout);
  expect(Object.keys(all.namedEndpoints)).toHaveLength(5);
  expect(one).toEqual(all.namedEndpoints["/count"]);
  expect(one).toMatchObject({ isGenerator: true, parameters: [{ parameterName: "steps" }] });
});

test("--help and --version, without an app", async () => {
  const manifest = new URL("../../packages/cli/package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  expect(await gradioKit("--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
  const { code, stdout } = await gradioKit("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/info.*\n.*predict/);
  expect((await gradioKit("predict", "--help")).stdout).toContain("key=@path");
});

test("--help waits for nothing but commander", async () => {
  await using folder = await temporaryFolder();
  // Node itself notes there which files it has loaded.
  const place = { env: { NODE_V8_COVERAGE: folder.path } };
  for (const words of [["--help"], ["predict", "--help"], ["codegen", "--help"]]) {
    expect(await gradioKitIn(place, ...words)).toMatchObject({ code: 0, stderr: "" });
  }
  const names = await readdir(folder.path);
  const notes = await Promise.all(names.map((name) => readFile(join(folder.path, name), "utf8")));
  const loaded = [
    ...notes.join("").matchAll(/"url":"file:[^"]*?((?:cli\/dist|node_modules)\/[^"]+)"/g),
  ];
  const rooms = new Set(loaded.map(([, path = ""]) => path.split("/").slice(0, 3).join("/")));
  expect([...rooms].toSorted()).toEqual([
    "cli/dist/bin.js",
    "cli/dist/commands",
    "cli/dist/program.js",
    "node_modules/commander/esm.mjs",
    "node_modules/commander/index.js",
    "node_modules/commander/lib",
  ]);
});
