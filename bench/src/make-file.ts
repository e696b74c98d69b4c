import { createHash, randomBytes } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
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

/** CRC-32 as zip and Python's zlib have it; Node has it from version 22 on only. */
function crc32(bytes: Uint8Array, start: number): number {
  let sum = ~start;
  for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
