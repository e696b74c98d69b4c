import { GradioError, InputError } from "../../errors.js";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EPERM: "may not be read",
  EISDIR: "is a directory",
};

/** The error of a file that was to be sent. */
export function notReadable(path: string, error: unknown): GradioError {
  if (error instanceof GradioError) return error;
  const code = codeOf(error);
  return new InputError(
    "FILE_NOT_FOUND",
    `${path}: this file ${reasons[code] ?? `cannot be read (${code})`}.`,
    error,
  );
}

/** The error of a place that was to be written; `argument` is what named the place. */
export function notWritable(path: string, argument: string, error: unknown): GradioError {
  if (error instanceof GradioError) return error;
  const code = codeOf(error);
  const what =
    code === "EEXIST" || code === "ENOTDIR"
      ? `${path} is not a directory`
      : `${path} cannot be written (${code})`;
  return new InputError("INVALID_OPTION", `${argument}: ${what}.`, error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
