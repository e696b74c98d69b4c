import { accessSync, constants, createReadStream, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../errors.js";
import type { Disk, DiskFile } from "../../io/platform.js";
import { notReadable, notWritable } from "./disk-error.js";

/** Large enough for few system calls, small enough for many files at the same time. */
const chunkSize = 256 * 1024;

/** The file system, through `node:fs`. */
export const nodeDisk: Disk = {
  inspect,
  read,
  defaultDirectory: () => resolve(process.env["GRADIO_TEMP_DIR"] || join(tmpdir(), "gradio")),
  checkDirectory,
  // Most programs write no files: what does it is loaded with the first one.
  storeByContent: async (...where) =>
    await (await import("./store-file.js")).storeByContent(...where),
  save: async (...where) => await (await import("./store-file.js")).save(...where),
};

function inspect(path: string): DiskFile {
  try {
    const found = resolve(path.startsWith("file:") ? fileURLToPath(path) : path);
    const stats = statSync(found);
    if (!stats.isFile()) {
      const kind = stats.isDirectory() ? "a directory" : "no regular file: pass a stream of it";
      throw new InputError("FILE_NOT_FOUND", `${path}: this is ${kind}.`);
    }
    accessSync(found, constants.R_OK);
    return { path: found, name: basename(found), size: stats.size };
  } catch (error) {
    throw notReadable(path, error);
  }
}

async function* read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const stream: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: chunkSize });
    yield* stream;
  } catch (error) {
    throw notReadable(path, error);
  }
}

function checkDirectory(path: string, argument: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  } catch (error) {
    throw notWritable(path, argument, error);
  }
  throw new InputError("INVALID_OPTION", `${argument}: ${path} is not a directory.`);
}
