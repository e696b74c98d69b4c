import { encodePath, isWebAddress, mapFiles } from "../file-data.js";
import type { FileStore } from "./file-store.js";

/** Prefix of all API routes since Gradio 5. */
export const apiPrefix = "/gradio_api";

/** Copies an output and fills in the `url` of every file in it. */
export function publishFiles(value: unknown, store: FileStore, root: string): unknown {
  return mapFiles(value, (file) => {
    if (file.is_stream)
      return { ...file, url: `${root}${apiPrefix}/stream/${encodePath(file.path)}` };
    if (store.has(file.path)) {
      return { ...file, url: `${root}${apiPrefix}/file=${encodePath(file.path)}` };
    }
    if (isWebAddress(file.path)) return { ...file, url: file.path };
    if (file.url) return file;
    throw new Error(
      `Cannot move ${file.path} to the gradio cache dir because it was not created by the application.`,
    );
  });
}
