import { GradioFile } from "@gradio-kit/client";
import { filesIn, plainValue } from "./plain-value.js";
import { printable } from "./printable.js";
import type { Screen } from "./screen.js";

/** Takes the values of one call to stdout. */
export interface Output {
  value(value: unknown): Promise<void>;
  /** After the last value. */
  end(): void;
}

/** How the values are to be shown. */
export interface OutputOptions {
  /** Whether several values may come. */
  readonly streams: boolean;
  readonly json: boolean;
  /** Saves a file, and says where; `undefined` leaves it where the client put it. */
  readonly save: (file: GradioFile) => Promise<string | undefined>;
  readonly screen: Screen;
}

/**
 * In a pipe the values of a stream come as they are, one line of JSON each. On a terminal they
 * replace each other and the last one stays. A single value is plain: a text as text, a file as its
 * path, the rest as JSON.
 */
export function createOutput({ streams, json, save, screen }: OutputOptions): Output {
  const inPlace = screen.live && process.stdout.isTTY && !json;
  const lines = streams && !inPlace;
  const saved = new Map<GradioFile, string>();
  let last: string | undefined;

  const place = (file: GradioFile): string | undefined => saved.get(file) ?? file.path;
  const render = (value: unknown): string => {
    if (!json && !lines) {
      // Not as JSON, which has no NaN.
      if (typeof value === "string" || typeof value === "number") return String(value);
      if (value instanceof GradioFile) return place(value) ?? value.url;
    }
    const indent = process.stdout.isTTY && !lines ? 2 : undefined;
    return JSON.stringify(plainValue(value, place), undefined, indent);
  };

  return {
    value: async (value) => {
      for (const file of filesIn(value)) {
        const path = await save(file);
        if (path !== undefined) saved.set(file, path);
      }
      const text = render(value);
      if (lines) {
        return screen.above(() => write(text));
      }
      last = text;
      if (inPlace && streams) screen.text(text);
    },
    end: () => {
      // An endpoint without outputs gives an empty list, which is nothing to read.
      if (last !== undefined && (json || last !== "[]")) write(last);
    },
  };
}

function write(text: string): void {
  process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`);
}
