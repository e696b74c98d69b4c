import { existsSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import type { GradioFile } from "@gradio-kit/client";
import { UsageError } from "../failure/usage-error.js";
import type { Screen } from "../screen/screen.js";
import { drawTransfer } from "../screen/transfer.js";
import type { ResultFolder } from "./output.js";
import { filesIn } from "./plain-value.js";

/**
 * Where result files go: to the directory that was asked for, which is made at once, else to one of
 * this call's own among Gradio's temporary files, which is made when there is a file.
 *
 * @throws UsageError when there cannot be such a directory.
 */
export async function openResultFolder(
  directory: string | undefined,
  { screen, signal }: { readonly screen: Screen; readonly signal: AbortSignal },
): Promise<ResultFolder> {
  const saved = new Map<GradioFile, string>();
  let folder = directory === undefined ? undefined : await makeFolder(directory);
  return {
    saveAll: async (value) => {
      for (const file of filesIn(value)) {
        // A stream grows while the app runs: it stays where it is.
        if (file.isStream || saved.has(file)) continue;
        folder ??= await temporaryFolder();
        const path = freePath(folder, file.name);
        const onProgress = drawTransfer(screen, `saving ${file.name}`);
        saved.set(file, await file.save(path, { signal, ...(onProgress && { onProgress }) }));
      }
    },
    placeOf: (file) => saved.get(file),
  };
}

async function makeFolder(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true });
    return directory;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--output: ${directory} cannot be a directory: ${reason}`);
  }
}

async function temporaryFolder(): Promise<string> {
  const base = process.env["GRADIO_TEMP_DIR"] || join(tmpdir(), "gradio");
  await mkdir(base, { recursive: true });
  return await mkdtemp(join(base, "gradio-kit-"));
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
