import type { Component } from "./config.js";
import { isFileData, markFile, type FileData } from "./file-data.js";

/** How an app writes the files of a result. */
export interface FileNotation {
  /** The file that an object stands for; `undefined` when it is an object like any other. */
  read(value: object): FileData | undefined;
  /** The value of an output, where a file may be something else than an object. */
  readOutput?(value: unknown, component: Component | undefined): unknown;
}

/** Gradio 4.21 and later: files carry a mark, so that a plain object with a `path` is none. */
export const markedFiles: FileNotation = {
  read: (value) => (isFileData(value) ? value : undefined),
};

/** Gradio 4.0 to 4.20: a file is known by the members that every file has. */
export const unmarkedFiles: FileNotation = {
  read: (value) => {
    if (isFileData(value)) return value;
    return Object.hasOwn(value, "url") && Object.hasOwn(value, "orig_name")
      ? markFile(value)
      : undefined;
  },
};
