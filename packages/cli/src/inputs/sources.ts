import { readFile } from "node:fs/promises";
import { text as readText } from "node:stream/consumers";
import { type FileInput, handleFile } from "@gradio-kit/client";
import { UsageError } from "../failure/usage-error.js";

/** Where values come from that are not typed: files and, once, standard input. */
export interface Sources {
  /** The text that is there; `-` is standard input. */
  text(what: string, path: string): Promise<string>;
  /** The file that is there, to be sent as it is. */
  file(what: string, path: string): FileInput;
  /** Every file that was handed out so far. */
  readonly opened: readonly OpenedFile[];
}

/** A file of the inputs, and where it comes from: a path, an address, or `-`. */
export interface OpenedFile {
  readonly file: FileInput;
  readonly path: string;
}

/** The sources of one command. */
export function openSources(): Sources {
  let reader: string | undefined;
  const opened: OpenedFile[] = [];
  const takeInput = (what: string): NodeJS.ReadableStream => {
    if (reader !== undefined) {
      throw new UsageError(`${what}: standard input is read for ${reader} already.`);
    }
    reader = what;
    return process.stdin;
  };
  return {
    text: async (what, path) => {
      if (path === "-") return await readText(takeInput(what));
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        const reason = code === "ENOENT" ? "there is no such file" : message;
        throw new UsageError(
          `${what}: ${path} cannot be read: ${reason}.`,
          `A text that begins with @ is written as key:='"@text"'.`,
        );
      }
    },
    file: (what, path) => {
      const file =
        path === "-"
          ? handleFile(takeInput(what) as NodeJS.ReadStream, { name: "stdin" })
          : handleFile(path);
      opened.push({ file, path });
      return file;
    },
    opened,
  };
}
