import { createHash } from "node:crypto";
import { mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { safeFileName } from "../../core/file-name.js";
import type { DiskFile } from "../../io/platform.js";
import { notWritable } from "./disk-error.js";
import { replaceFile, writeInto } from "./write-file.js";

async function makeDirectory(path: string, argument: string): Promise<string> {
  try {
    const directory = resolve(path);
    await mkdir(directory, { recursive: true });
    return directory;
  } catch (error) {
    throw notWritable(path, argument, error);
  }
}

/** See `Disk.storeByContent`. */
export async function storeByContent(
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

/** See `Disk.save`. */
export async function save(
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
