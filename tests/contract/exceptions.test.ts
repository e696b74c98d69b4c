import { readFile, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { exceptions } from "./exceptions.js";

test("every exception names scenarios that exist, and gives a reason", async () => {
  const folder = new URL(".", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  const text = sources.join("\n");
  for (const { scenarios, reason } of exceptions) {
    for (const scenario of scenarios) {
      expect(text).toMatch(
        new RegExp(
          `scenario\\(\\s*${JSON.stringify(scenario).replaceAll(/[()?+*.]/g, String.raw`\$&`)}`,
        ),
      );
    }
    expect(reason).not.toBe("");
  }
});
