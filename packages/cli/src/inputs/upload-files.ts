import type { Client, FileInput, GradioFile } from "@gradio-kit/client";
import type { Screen } from "../screen/screen.js";
import { drawTransfer } from "../screen/transfer.js";
import type { Inputs } from "./input-document.js";
import type { OpenedFile } from "./sources.js";

/**
 * Sends the files of a call ahead of it, so that the screen can tell how far each one is. Without a
 * screen the call sends them itself.
 */
export async function uploadFiles(
  client: Client,
  inputs: Inputs,
  opened: readonly OpenedFile[],
  { screen, signal }: { readonly screen: Screen; readonly signal: AbortSignal },
): Promise<Inputs> {
  // Gradio 3 takes pictures within the call.
  const sendsAhead = !client.config.version.startsWith("3.");
  const local = opened.filter(({ path }) => !/^https?:/i.test(path));
  if (!screen.live || !sendsAhead || local.length === 0) return inputs;
  const uploaded = new Map<FileInput, GradioFile>();
  for (const { file, path } of local) {
    const onProgress = drawTransfer(screen, `uploading ${path === "-" ? "stdin" : path}`);
    uploaded.set(file, await client.upload(file, { signal, ...(onProgress && { onProgress }) }));
  }
  return replaced(inputs, uploaded) as Inputs;
}

function replaced(value: unknown, by: ReadonlyMap<unknown, GradioFile>): unknown {
  const found = by.get(value);
  if (found !== undefined) return found;
  if (Array.isArray(value)) return value.map((item) => replaced(item, by));
  const isPlain =
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, by)]));
}
