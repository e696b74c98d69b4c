import type { GradioFile } from "@gradio-kit/client";
import type { Screen } from "../screen/screen.js";
import { inPlace } from "./in-place.js";
import { jsonLines } from "./json-lines.js";
import { lastValue } from "./last-value.js";
import { rawValue } from "./raw-value.js";

/** Takes the values of one call to stdout. */
export interface Output {
  value(value: unknown): Promise<void>;
  /** After the last value. */
  end(): Promise<void>;
}

/** How values are shown. */
export interface OutputOptions {
  /** Whether several values may come. */
  readonly streams: boolean;
  readonly json: boolean;
  readonly raw: boolean;
  /** Where the files of values go. */
  readonly files: ResultFolder;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** Brings result files to this machine. */
export interface ResultFolder {
  /** Saves the files of a value. */
  saveAll(value: unknown): Promise<void>;
  /** Where a file is: its path, once it is here. */
  placeOf(file: GradioFile): string | undefined;
}

/**
 * In a pipe the values of a stream come as they are, one line of JSON each. On a terminal they
 * replace each other and the last one stays. `raw` is the last value to the letter.
 */
export function createOutput(options: OutputOptions): Output {
  const { streams, json, raw, screen } = options;
  if (raw) return rawValue(options);
  if (!streams) return lastValue(options);
  const live = screen.live && process.stdout.isTTY && !json;
  return live ? inPlace(options) : jsonLines(options);
}
