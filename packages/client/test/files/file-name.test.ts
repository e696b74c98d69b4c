import { readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve, win32 } from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../../tests/harness/temporary-folder.js";
import { nameForType, safeFileName } from "../../src/core/file-name.js";

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom("..", ".", "/", "\\", "C:", "CON", "nul.txt", "\0", "\u202e", " ", "é", "~"),
      { maxLength: 20 },
    )
    .map((parts) => parts.join("")),
);

it("never leaves the directory, on any system", () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const safe = safeFileName(name);
      for (const path of [{ dirname, basename, resolve }, win32]) {
        const directory = path.resolve("/some/directory");
        expect(path.dirname(path.resolve(directory, safe))).toBe(directory);
        expect(path.basename(safe)).toBe(safe);
      }
      expect(safe).not.toMatch(/[<>:"|?*\p{Cc}\p{Bidi_Control}]|[. ]$/u);
      expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
      expect(safe).not.toMatch(/\p{Surrogate}/u);
      expect(safeFileName(safe)).toBe(safe);
    }),
    { numRuns: 2000 },
  );
});

it("names a file that the file system takes, and finds under that very name", async () => {
  await using folder = await temporaryFolder();
  for (const name of fc.sample(hostile, 100)) {
    const safe = safeFileName(name);
    await writeFile(join(folder.path, safe), "");
    expect(await readdir(folder.path)).toContain(safe);
  }
});

it.each([
  "weird #na%20me é.txt",
  "日本語 の ファイル.png",
  "👩‍👩‍👧.gif",
  ".hidden",
  "archive.tar.gz",
  "it's (1) [copy] & more!.csv",
  "console.log",
])("keeps %s as it is", (name) => {
  expect(safeFileName(name)).toBe(name);
});

it.each([
  ["../../etc/passwd", "passwd"],
  ["..\\..\\boot.ini", "boot.ini"],
  ["/absolute/file.txt", "file.txt"],
  ["directory/", "directory"],
  ["..", "file"],
  ["", "file"],
  ["\0\n", "file"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  ["COM1 .txt", "_COM1 .txt"],
  ["LPT¹", "_LPT¹"],
  ["report. ", "report"],
  ["gnp\u202egpj.exe", "gnpgpj.exe"],
  ["what?<1>.txt", "what1.txt"],
])("makes of %j the name %j", (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

it("shortens in whole characters and keeps the extension", () => {
  const safe = safeFileName(`${"é".repeat(300)}.safetensors`);
  expect(safe).toMatch(/^é+\.safetensors$/);
  expect(Buffer.byteLength(safe)).toBeGreaterThan(195);
  const extension = safeFileName(`a.${"x".repeat(400)}`);
  expect(extension).toMatch(/^a\.x+$/);
  expect(extension.length).toBeLessThan(60);
  expect(safeFileName("👍".repeat(100))).toBe("👍".repeat(50));
});

it("names content by its type, so that an app knows it by the extension", () => {
  expect(nameForType("image/png")).toBe("file.png");
  expect(nameForType("image/jpeg")).toBe("file.jpg");
  expect(nameForType("image/svg+xml")).toBe("file.svg");
  expect(nameForType("audio/x-wav;codecs=1")).toBe("file.wav");
  expect(nameForType("text/plain;charset=utf-8")).toBe("file.txt");
  expect(nameForType("application/octet-stream")).toBe("file");
  expect(nameForType(undefined)).toBe("file");
  expect(nameForType("x/constructor")).toBe("file.constructor");
});
