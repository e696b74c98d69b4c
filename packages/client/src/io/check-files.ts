import { contentOf, FileHandle } from "../core/file-handle.js";
import type { FileInput } from "../core/file-walk.js";
import { InputError } from "../errors.js";
import type { Disk, DiskFile } from "./platform.js";

/**
 * Looks at files that are to be sent, at once and before anything else happens.
 *
 * @throws InputError `FILE_NOT_FOUND` for a path that is missing, a directory or unreadable,
 *   `INVALID_SOURCE` for a stream that was read already and for paths where there is no disk.
 */
export function checkFiles(files: readonly FileInput[], disk: Disk | undefined): void {
  for (const file of files) {
    if (!(file instanceof FileHandle)) continue;
    const content = contentOf(file);
    if (content.kind === "path") inspect(content.path, disk);
    if (content.kind === "stream" && content.stream.used) content.stream.open();
  }
}

/** Looks at a path at once, and gives the way to its content; throws as {@link checkFiles}. */
export function inspect(
  path: string,
  disk: Disk | undefined,
): DiskFile & { readonly read: Disk["read"] } {
  if (disk === undefined) {
    throw new InputError(
      "INVALID_SOURCE",
      `${JSON.stringify(path)} is a path, and there are no files here: that needs Node, Bun or Deno. Pass a File, a Blob, bytes or an http(s) address.`,
    );
  }
  return { ...disk.inspect(path), read: (at) => disk.read(at) };
}
