import type { Endpoint } from "./core/endpoint.js";
import type { FileNotation } from "./core/file-notation.js";
import { mapFileData } from "./core/file-walk.js";
import { freezeSnapshot } from "./core/freeze.js";
import type { GradioFile } from "./core/gradio-file.js";
import type { ResultFiles } from "./io/result-files.js";

/**
 * Turns what the wire holds for the outputs of one call into the values that callers get: State and
 * layout are left out, and file data becomes `GradioFile`. Values of a stream that share parts with
 * each other are looked at only where they are new.
 */
export class ResultReader {
  readonly #endpoint: Endpoint;
  readonly #visible: readonly number[];
  readonly #files: ResultFiles;
  readonly #notation: FileNotation;
  readonly #seen = new WeakMap<object, unknown>();
  #fresh: GradioFile[] = [];

  constructor(endpoint: Endpoint, files: ResultFiles, notation: FileNotation) {
    const { outputs } = endpoint;
    this.#endpoint = endpoint;
    this.#visible = outputs.flatMap((component, at) => (component?.hidden === true ? [] : [at]));
    this.#files = files;
    this.#notation = notation;
  }

  /** The visible values, and the files in them that were not there before. */
  read(data: readonly unknown[], shared: boolean): { values: unknown[]; files: GradioFile[] } {
    const values = this.#visible.map((at) => {
      const output = data[at] ?? null;
      const value = mapFileData(
        this.#notation.readOutput?.(output, this.#endpoint.outputs[at]) ?? output,
        (fileData) => {
          const file = this.#files.make(fileData);
          this.#fresh.push(file);
          return file;
        },
        this.#seen,
        this.#notation,
      );
      return shared ? freezeSnapshot(value) : value;
    });
    const files = this.#fresh;
    this.#fresh = [];
    return { values, files };
  }
}

/** One output → the value, several → all of them, none → an empty list. */
export function shapeResult(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
