import type { Novelty } from "./core/diff.js";
import type { Endpoint } from "./core/endpoint.js";
import type { FileData } from "./core/file-data.js";
import type { FileNotation } from "./core/file-notation.js";
import { bringsFileData, mapFileData } from "./core/file-walk.js";
import { freezeNovelty, freezeSnapshot } from "./core/freeze.js";
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
  // Made when they are needed: most calls give a text or a number, and many are short.
  #seen: WeakMap<object, unknown> | undefined;
  /** The outputs whose last value was frozen, and had no file in it. */
  #plain: Set<number> | undefined;
  #fresh: GradioFile[] = [];

  constructor(endpoint: Endpoint, files: ResultFiles, notation: FileNotation) {
    this.#endpoint = endpoint;
    this.#visible = visibleOutputs(endpoint);
    this.#files = files;
    this.#notation = notation;
  }

  /**
   * The visible values; {@link takeFiles} has the files in them that were not there before.
   *
   * @param shared whether they share parts with other values: then they are made read-only.
   * @param novelty what is new in each of them since the values that were read last.
   */
  read(data: readonly unknown[], shared: boolean, novelty?: readonly Novelty[]): unknown[] {
    const values: unknown[] = [];
    for (const at of this.#visible) {
      values.push(this.#output(at, data[at] ?? null, shared, novelty));
    }
    return values;
  }

  /** The files that were found since this was asked before. */
  takeFiles(): readonly GradioFile[] {
    const files = this.#fresh;
    if (files.length > 0) this.#fresh = [];
    return files;
  }

  #output(
    at: number,
    output: unknown,
    shared: boolean,
    novelty: readonly Novelty[] | undefined,
  ): unknown {
    const notation = this.#notation;
    const isPart = typeof output === "object" && output !== null;
    if (!isPart && notation.readOutput === undefined) return output;
    const plain = (this.#plain ??= new Set());
    const seen = (this.#seen ??= new WeakMap());
    const brought = notation.readOutput === undefined && plain.has(at) ? novelty?.[at] : undefined;
    if (brought !== undefined && !bringsFileData(brought, notation)) {
      freezeNovelty(brought);
      return output;
    }
    const value = mapFileData(
      notation.readOutput?.(output, this.#endpoint.outputs[at]) ?? output,
      this.#make,
      seen,
      notation,
    );
    if (shared && value === output) plain.add(at);
    else plain.delete(at);
    return shared ? freezeSnapshot(value) : value;
  }

  readonly #make = (data: FileData): GradioFile => {
    const file = this.#files.make(data);
    this.#fresh.push(file);
    return file;
  };
}

const visible = new WeakMap<Endpoint, readonly number[]>();

function visibleOutputs(endpoint: Endpoint): readonly number[] {
  let found = visible.get(endpoint);
  if (found === undefined) {
    found = endpoint.outputs.flatMap((component, at) => (component?.hidden === true ? [] : [at]));
    visible.set(endpoint, found);
  }
  return found;
}

/** One output → the value, several → all of them, none → an empty list. */
export function shapeResult(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
