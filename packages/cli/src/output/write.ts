import { once } from "node:events";
import { printable } from "../screen/printable.js";

/** Writes a line to stdout; nothing in it can move the cursor of a terminal. */
export function writeLine(text: string): void {
  process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`);
}

/** Writes lines of our own to stdout: what comes from an app was made printable piece by piece. */
export function writeStyled(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes bytes to stdout, no faster than they are read there. */
export async function writeBytes(bytes: Uint8Array | string): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
}
