import type { Stats } from "node:fs";
import { InputError } from "../../errors.js";
import type { Disk, DiskFile } from "../../io/platform.js";
import { notReadable, notWritable } from "./disk-error.js";
import { getBuiltinModule } from "./builtin-module.js";

/** Large enough for few system calls, small enough for many files at the same time. */
const chunkSize = 512 * 1024;
/** How coarse the times of file systems are at most, in milliseconds (FAT). */
const clockTick = 2000;

/** The file system, through `node:fs`, which is loaded when it is first used: most programs have no files. */
export const nodeDisk: Disk = {
  inspect,
  read,
  defaultDirectory,
  checkDirectory,
  // Most programs write no files: what does it is loaded with the first one.
  storeByContent: async (...where) =>
    await (await import("./store-file.js")).storeByContent(...where),
  save: async (...where) => await (await import("./store-file.js")).save(...where),
};

function defaultDirectory(): () => string {
  const { join, resolve } = getBuiltinModule("node:path");
  const { GRADIO_TEMP_DIR: chosen } = process.env;
  const directory = chosen ? resolve(chosen) : undefined;
  // What knows the temporary directory is loaded for the first file.
  return () => directory ?? resolve(join(getBuiltinModule("node:os").tmpdir(), "gradio"));
}

function inspect(path: string): DiskFile {
  try {
    const { accessSync, constants, statSync } = getBuiltinModule("node:fs");
    const { basename, resolve } = getBuiltinModule("node:path");
    const { fileURLToPath } = getBuiltinModule("node:url");
    const found = resolve(path.startsWith("file:") ? fileURLToPath(path) : path);
    const stats = statSync(found);
    if (!stats.isFile()) {
      const kind = stats.isDirectory() ? "a directory" : "no regular file: pass a stream of it";
      throw new InputError("FILE_NOT_FOUND", `${path}: this is ${kind}.`);
    }
    accessSync(found, constants.R_OK);
    return { path: found, name: basename(found), size: stats.size, version: versionOf(stats) };
  } catch (error) {
    throw notReadable(path, error);
  }
}

/** What was written a moment ago may be written once more without getting another time. */
function versionOf({ ino, size, mtimeMs, ctimeMs }: Stats): string | undefined {
  const age = Date.now() - Math.max(mtimeMs, ctimeMs);
  return age < clockTick ? undefined : [ino, size, mtimeMs, ctimeMs].join(" ");
}

async function* read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const { createReadStream } = getBuiltinModule("node:fs");
    const stream: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: chunkSize });
    yield* stream;
  } catch (error) {
    throw notReadable(path, error);
  }
}

function checkDirectory(path: string, argument: string): void {
  try {
    const { statSync } = getBuiltinModule("node:fs");
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  } catch (error) {
    throw notWritable(path, argument, error);
  }
  throw new InputError("INVALID_OPTION", `${argument}: ${path} is not a directory.`);
}
