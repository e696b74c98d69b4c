import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { lstat, mkdir, readFile, readdir, readlink, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, it, vi } from "vitest";
import { rejection, thrown } from "../../../../tests/harness/rejection.js";
import { temporaryFolder } from "../../../../tests/harness/temporary-folder.js";
import { collectBytes } from "../../src/core/byte-stream.js";
import { nodeDisk } from "../../src/platform/node/disk.js";

afterEach(() => vi.unstubAllEnvs());

async function* body(...pieces: string[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield Buffer.from(piece);
}

it("looks at files by path and by file: address", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a #%é.txt");
  await writeFile(path, "hello");
  const expected = { path, name: "a #%é.txt", size: 5 };
  expect(nodeDisk.inspect(path)).toEqual(expected);
  expect(nodeDisk.inspect(pathToFileURL(path).href)).toEqual(expected);
  expect(nodeDisk.inspect(relative(process.cwd(), path))).toEqual(expected);
  expect(Buffer.from(await collectBytes(nodeDisk.read(path))).toString()).toBe("hello");
});

it("names the file that vanishes before it is read", async () => {
  const error = await rejection(collectBytes(nodeDisk.read("/nowhere/a.txt")));
  expect(error).toMatchObject({
    code: "FILE_NOT_FOUND",
    message: expect.stringContaining("/nowhere/a.txt"),
  });
});

it("keeps results where Python's client keeps them", () => {
  vi.stubEnv("GRADIO_TEMP_DIR", "");
  expect(nodeDisk.defaultDirectory()()).toBe(join(tmpdir(), "gradio"));
  vi.stubEnv("GRADIO_TEMP_DIR", "/some/where");
  expect(nodeDisk.defaultDirectory()()).toBe("/some/where");
});

it("replaces a file at once, and keeps the link that leads to it", async () => {
  await using folder = await temporaryFolder();
  const real = join(folder.path, "real.txt");
  const link = join(folder.path, "link.txt");
  await writeFile(real, "old");
  await symlink("real.txt", link);
  expect(await nodeDisk.save(link, "x", body("new"))).toBe(link);
  expect(await readlink(link)).toBe("real.txt");
  expect(await readFile(real, "utf8")).toBe("new");
  expect((await readdir(folder.path)).toSorted()).toEqual(["link.txt", "real.txt"]);
});

it("does not follow a link that has the name of the server's file", async () => {
  await using folder = await temporaryFolder();
  const directory = join(folder.path, "directory");
  const outside = join(folder.path, "outside.txt");
  await mkdir(directory);
  await writeFile(outside, "mine");
  await symlink(outside, join(directory, "a.txt"));
  await nodeDisk.save(directory, "a.txt", body("theirs"));
  expect(await readFile(outside, "utf8")).toBe("mine");
  expect((await lstat(join(directory, "a.txt"))).isFile()).toBe(true);
});

it("cannot put a file where a directory is", async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "a.txt"));
  const error = await rejection(nodeDisk.save(folder.path, "a.txt", body("x")));
  expect(error).toMatchObject({ name: "InputError", code: "INVALID_OPTION" });
  expect(await readdir(folder.path)).toEqual(["a.txt"]);
});

it.skipIf(process.platform === "win32")("writes into a pipe instead of replacing it", async () => {
  await using folder = await temporaryFolder();
  const pipe = join(folder.path, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reading = collectBytes(createReadStream(pipe));
  await nodeDisk.save(pipe, "x", body("through ", "the pipe"));
  expect(Buffer.from(await reading).toString()).toBe("through the pipe");
  expect((await lstat(pipe)).isFIFO()).toBe(true);
});

it("throws what the body throws, and opens no body that it has no place for", async () => {
  await using folder = await temporaryFolder();
  const reason = { not: "an error" };
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from("x");
    throw reason;
  };
  expect(await rejection(nodeDisk.save(join(folder.path, "a"), "a", broken()))).toBe(reason);
  expect(await rejection(nodeDisk.storeByContent(folder.path, "a", broken()))).toBe(reason);
  expect(await readdir(folder.path)).toEqual([]);
  await writeFile(join(folder.path, "file"), "");
  let opened = false;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    opened = true;
    yield Buffer.from("x");
  };
  const inFile = join(folder.path, "file", "results");
  const error = await rejection(nodeDisk.storeByContent(inFile, "a", watched()));
  expect(error).toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringMatching(/^downloadFiles: .*file/),
  });
  expect(opened).toBe(false);
});

it("tells at once that a file is in the place of the directory", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "file");
  await writeFile(file, "");
  for (const path of [file, join(file, "inside")]) {
    expect(thrown(() => nodeDisk.checkDirectory(path, "downloadFiles"))).toMatchObject({
      code: "INVALID_OPTION",
    });
  }
  nodeDisk.checkDirectory(folder.path, "downloadFiles");
  nodeDisk.checkDirectory(join(folder.path, "not yet"), "downloadFiles");
});
