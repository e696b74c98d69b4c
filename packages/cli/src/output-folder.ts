import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, parse } from "node:path";
import type { GradioFile } from "@gradio-kit/client";
import { UsageError } from "./usage-error.js";

/** Where `--output` saves result files. */
export interface OutputFolder {
  /** Saves a file under its own name and says where; a stream is left where it is. */
  save(file: GradioFile, signal: AbortSignal): Promise<string | undefined>;
}

/**
 * Makes the directory.
 *
 * @throws UsageError when it cannot be one.
 */
export async function outputFolder(directory: string): Promise<OutputFolder> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--output: ${directory} cannot be a directory: ${reason}`);
  }
  return {
    save: async (file, signal) =>
      file.isStream ? undefined : await file.save(freePath(directory, file.name), { signal }),
  };
}

/** A name that nothing has yet: names come from apps, and must not replace what the user has. */
function freePath(directory: string, name: string): string {
  const { name: stem, ext } = parse(name);
  let path = join(directory, name);
  for (let number = 1; existsSync(path); number += 1) {
    path = join(directory, `${stem}-${number}${ext}`);
  }
  return path;
}
