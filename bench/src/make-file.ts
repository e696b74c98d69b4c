import { createHash, randomBytes } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { FileFacts } from "./programs.js";

const megabyte = 1 << 20;

/** Writes a file of random bytes, no two megabytes of it alike; knows what is in it. */
export async function makeFile(folder: string, megabytes: number): Promise<FileFacts> {
  await mkdir(folder, { recursive: true });
  const name = `file-of-${megabytes}-megabytes.bin`;
  const path = join(folder, name);
  const piece = randomBytes(megabyte);
  const hash = createHash("sha256");
  let checksum = 0;
  const file = await open(path, "w");
  try {
    for (let index = 0; index < megabytes; index += 1) {
      piece.writeUInt32LE(index);
      hash.update(piece);
      checksum = crc32(piece, checksum);
      await file.write(piece);
    }
  } finally {
    await file.close();
  }
  return { path, name, size: megabytes * megabyte, checksum, digest: hash.digest("hex") };
}
