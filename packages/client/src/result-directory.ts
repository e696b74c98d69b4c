import { InputError } from "./errors.js";
import type { Disk } from "./io/platform.js";

/**
 * The directory that `downloadFiles` stands for; `undefined` for none.
 *
 * @param fallback what it is where the caller says nothing.
 * @throws InputError `INVALID_OPTION` when there is no disk, or a file is in its place.
 */
export function directoryOf(
  option: string | false | undefined,
  disk: Disk | undefined,
  fallback: (() => string) | undefined,
): (() => string) | undefined {
  if (option === false) return undefined;
  if (option === undefined) return fallback;
  if (disk === undefined) {
    throw new InputError(
      "INVALID_OPTION",
      "downloadFiles: there is no disk here; use false, and save results yourself.",
    );
  }
  disk.checkDirectory(option, "downloadFiles");
  return () => option;
}
