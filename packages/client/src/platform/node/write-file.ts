import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { notWritable } from "./disk-error.js";

/** How much may wait while the disk is busy, in bytes: it is then written in one piece. */
const mostWaiting = 1 << 20;

/**
 * Writes a body under a temporary name and gives it its real one at the end, so that the file is
 * there either whole or not at all.
 *
 * @param directory where the temporary file lies: on the same disk as the real one.
 */
export async function replaceFile(
  directory: string,
  body: AsyncIterable<Uint8Array>,
  argument: string,
  finalPath: () => string | Promise<string>,
): Promise<string> {
  const temporary = join(directory, `.gradio-kit-${crypto.randomUUID()}.part`);
  try {
    await writeInto(temporary, body, argument, "wx");
    const path = await finalPath();
    await rename(temporary, path).catch((error: unknown) => {
      throw notWritable(path, argument, error);
    });
    return path;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a body into a file. What the body throws is thrown as it is. */
export async function writeInto(
  path: string,
  body: AsyncIterable<Uint8Array>,
  argument: string,
  flags: "w" | "wx" = "w",
): Promise<void> {
  let bodyFailure: { readonly error: unknown } | undefined;
  const watched = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* body;
    } catch (error) {
      bodyFailure = { error };
      throw error;
    }
  };
  try {
    await pipeline(watched(), createWriteStream(path, { flags, highWaterMark: mostWaiting }));
  } catch (error) {
    throw bodyFailure === undefined ? notWritable(path, argument, error) : bodyFailure.error;
  }
}
