import { bytesOf, readChunks } from "../core/byte-stream.js";
import { contentOf, FileHandle, isBytes, type FileContent } from "../core/file-handle.js";
import { nameForType } from "../core/file-name.js";
import type { FileInput } from "../core/file-walk.js";
import { accessOf, GradioFile } from "../core/gradio-file.js";
import { GradioError, InputError, UploadError } from "../errors.js";
import { inspect } from "./check-files.js";
import type { UploadPart } from "./multipart.js";
import type { Disk } from "./platform.js";

const sliceSize = 256 * 1024;

/** What it takes to bring files to an app, besides the way there. */
export interface UploadSettings {
  readonly disk: Disk | undefined;
  readonly mimeType: (name: string) => string | undefined;
  /** Largest upload in bytes, where the app has such a limit. */
  readonly maxFileSize: number | undefined;
}

/** A file that may be sent. */
export interface CheckedUpload extends Omit<UploadPart, "stream"> {
  /** Its content; whatever goes wrong with it is one of the library's errors. */
  open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * A file as it is to be sent; nothing is opened yet.
 *
 * @throws UploadError `FILE_TOO_LARGE` when the app would refuse it; else as {@link checkFiles}.
 */
export function checkUpload(file: FileInput, settings: UploadSettings): CheckedUpload {
  const source = sourceOf(file, settings.disk);
  const name = source.name ?? nameForType(source.mimeType);
  const { size, blob } = source;
  const limit = settings.maxFileSize ?? Infinity;
  if (size !== undefined && size > limit) throw tooLarge(name, size, limit);
  return {
    name,
    mimeType: source.mimeType ?? settings.mimeType(name),
    size,
    ...(blob !== undefined && { blob }),
    open: (signal) => watched(source.open(signal), name, size, limit),
  };
}

interface PartSource {
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  readonly size: number | undefined;
  readonly blob?: Blob;
  readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

function sourceOf(file: FileInput, disk: Disk | undefined): PartSource {
  if (file instanceof FileHandle) {
    const source = contentSource(contentOf(file), disk);
    return {
      ...source,
      name: file.name ?? source.name,
      mimeType: file.mimeType ?? source.mimeType,
    };
  }
  if (file instanceof GradioFile) {
    const { name, mimeType } = file;
    // What an app says of a file's size is not what the file on disk has to have.
    const size = file.path === undefined ? undefined : disk?.inspect(file.path).size;
    return { name, mimeType, size, open: (signal) => accessOf(file).read(file, { signal }) };
  }
  if (isBytes(file)) return contentSource({ kind: "bytes", bytes: bytesOf(file) }, disk);
  return contentSource({ kind: "blob", blob: file }, disk);
}

function contentSource(content: FileContent, disk: Disk | undefined): PartSource {
  const unnamed = { name: undefined, mimeType: undefined };
  switch (content.kind) {
    case "path": {
      const { path, name, size, read } = inspect(content.path, disk);
      return { name, mimeType: undefined, size, open: () => read(path) };
    }
    case "blob": {
      const { blob } = content;
      return {
        name: "name" in blob && typeof blob.name === "string" ? blob.name || undefined : undefined,
        mimeType: blob.type || undefined,
        size: blob.size,
        blob,
        open: (signal) => readChunks(blob.stream(), signal),
      };
    }
    case "bytes": {
      const { bytes } = content;
      return { ...unnamed, size: bytes.byteLength, open: () => slices(bytes) };
    }
    case "stream":
      return { ...unnamed, size: undefined, open: (signal) => content.stream.open(signal) };
    case "url":
      throw new InputError("INVALID_SOURCE", "An address is fetched by the app, not uploaded.");
  }
}

/**
 * Holds a source to what was said of it: the length of a request is fixed before its first byte, and
 * a server that got too much of a stream just hangs up.
 */
async function* watched(
  content: AsyncIterable<Uint8Array>,
  name: string,
  size: number | undefined,
  limit: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sent = 0;
  try {
    for await (const chunk of content) {
      sent += chunk.byteLength;
      if (sent > limit) throw tooLarge(name, sent, limit);
      if (sent > (size ?? Infinity)) break;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof GradioError) throw error;
    throw new UploadError("UPLOAD_FAILED", `"${name}" could not be read to its end.`, error);
  }
  if (sent !== (size ?? sent)) {
    throw new UploadError("UPLOAD_FAILED", `"${name}" changed while it was sent.`);
  }
}

/** In pieces, so that there is progress to tell. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += sliceSize) yield bytes.subarray(at, at + sliceSize);
}

function tooLarge(name: string, size: number, limit: number): UploadError {
  return new UploadError(
    "FILE_TOO_LARGE",
    `"${name}" is too large: ${size} bytes or more, and the app takes at most ${limit} bytes per file.`,
  );
}
