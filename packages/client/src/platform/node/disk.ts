import { createHash } from "node:crypto";
import { accessSync, constants, createReadStream, statSync } from "node:fs";
import { mkdir, realpath, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { safeFileName } from "../../core/file-name.js";
import { InputError } from "../../errors.js";
import type { Disk, DiskFile } from "../../io/platform.js";
import { notReadable, notWritable } from "./disk-error.js";
import { replaceFile, writeInto } from "./write-file.js";

/** Large enough for few system calls, small enough for many files at the same time. */
const chunkSize = 256 * 1024;

/** The file system, through `node:fs`. */
export const nodeDisk: Disk = {
  inspect,
  read,
  defaultDirectory: () => resolve(process.env["GRADIO_TEMP_DIR"] || join(tmpdir(), "gradio")),
  checkDirectory,
  storeByContent,
  save,
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

async function makeDirectory(path: string, argument: string): Promise<string> {
  try {
    const directory = resolve(path);
    await mkdir(directory, { recursive: true });
    return directory;
  } catch (error) {
    throw notWritable(path, argument, error);
  }
}

async function storeByContent(
  directory: string,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<DiskFile> {
  const argument = "downloadFiles";
  const root = await makeDirectory(directory, argument);
  const safe = safeFileName(name);
  const hash = createHash("sha256");
  let size = 0;
  const hashed = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of body) {
      hash.update(chunk);
      size += chunk.byteLength;
      yield chunk;
    }
  };
  const path = await replaceFile(root, hashed(), argument, async () =>
    join(await makeDirectory(join(root, hash.digest("hex")), argument), safe),
  );
  return { path, name: safe, size };
}

async function save(
  target: string,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<string> {
  const found = await statOf(target);
  if (found?.isDirectory() ?? /[/\\]$/.test(target)) {
    const directory = await makeDirectory(target, "save");
    const path = join(directory, safeFileName(name));
    // A link of this name is replaced, not followed: the name is the server's, and may lead outside.
    return await replaceFile(directory, body, "save", () => path);
  }
  const path = resolve(target);
  if (found !== undefined && !found.isFile()) {
    // A device or a pipe is written into: replacing it would destroy it.
    await writeInto(path, body, "save");
    return path;
  }
  await makeDirectory(dirname(path), "save");
  // The caller's own link stays one: what it leads to is replaced.
  const real = found === undefined ? path : await realpath(path);
  await replaceFile(dirname(real), body, "save", () => real);
  return path;
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch {
    // Most of all it is not there yet; whatever else it is, writing will say so.
    return undefined;
  }
}
