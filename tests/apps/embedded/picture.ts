import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SIDE = 4;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function header(): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(SIDE, 0);
  data.writeUInt32BE(SIDE, 4);
  // 8 bits per channel, red green blue.
  data.set([8, 2], 8);
  return chunk("IHDR", data);
}

function encode(scanLines: Buffer): Buffer {
  const end = chunk("IEND", Buffer.alloc(0));
  return Buffer.concat([SIGNATURE, header(), chunk("IDAT", deflateSync(scanLines)), end]);
}

/** A small PNG of one colour. */
export function picture(colour: readonly [number, number, number]): Buffer {
  const line = Buffer.from([0, ...Array.from({ length: SIDE }, () => colour).flat()]);
  return encode(Buffer.concat(Array.from({ length: SIDE }, () => line)));
}

/** The negative of a PNG that `picture` or `invert` made. */
export function invert(png: Uint8Array): Buffer {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf("IDAT");
  const scanLines = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const width = SIDE * 3 + 1;
  // The first byte of each line says how it is filtered: not at all.
  return encode(
    Buffer.from(scanLines.map((byte, index) => (index % width === 0 ? 0 : 255 - byte))),
  );
}
