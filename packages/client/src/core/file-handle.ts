import { InputError } from "../errors.js";
import { bytesOf, readChunks, type ByteStream } from "./byte-stream.js";
import { parseDataUrl } from "./data-url.js";
import { lastSegment } from "./file-name.js";
import { describe } from "./source.js";

/**
 * What {@link handleFile} takes: the path of a file (a text, or a `file:` URL; Node, Bun and Deno),
 * an `http(s)` or `data:` address (a text or a `URL`), a `Blob` or `File`, bytes, or a stream.
 */
export type FileSource = string | URL | Blob | ArrayBuffer | ArrayBufferView | ByteStream;

/** What {@link handleFile} can be told of a file. */
export interface FileOptions {
  /** The name that the app sees. Default: that of the file; made from the type where there is none. */
  readonly name?: string | undefined;
  /** Default: the type of the `Blob`, else what the name suggests. */
  readonly mimeType?: string | undefined;
}

/** Where the content of a file comes from. */
export type FileContent =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "blob"; readonly blob: Blob }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "stream"; readonly stream: SingleUseStream };

/** The content of a handle, for the one who sends it. */
export let contentOf: (handle: FileHandle) => FileContent;

/** A file that is to be an input; made by {@link handleFile}, never changes. */
export class FileHandle {
  /** Where its content comes from. */
  readonly kind: FileContent["kind"];
  /** The name as far as it is known before the file is opened. */
  readonly name: string | undefined;
  /** The type as far as it is known before the file is opened. */
  readonly mimeType: string | undefined;
  readonly #content: FileContent;

  static {
    contentOf = (handle) => handle.#content;
  }

  /** Use {@link handleFile}. */
  constructor(content: FileContent, name: string | undefined, mimeType: string | undefined) {
    this.kind = content.kind;
    this.name = name;
    this.mimeType = mimeType;
    this.#content = content;
    Object.freeze(this);
  }
}

/**
 * Marks a file as an input. It is read when the call is made: uploaded by streaming, once per call,
 * so that one handle serves many calls. A stream can be sent once. An `http(s)` address is not
 * uploaded: the app fetches it.
 *
 * @throws InputError `INVALID_SOURCE` when it is nothing that can be sent, `INVALID_OPTION` for a
 *   bad `name` or `mimeType`. Whether a path exists is found when the call is made.
 *
 * @example
 * ```ts
 * await client.predict("/transcribe", { audio: handleFile("speech.wav") });
 * ```
 */
export function handleFile(source: FileSource, options: FileOptions = {}): FileHandle {
  const { name, mimeType } = options;
  checkOption("name", name, /./s, "a text that is not empty");
  checkOption("mimeType", mimeType, /^[^/\s]+\/[^/\s]+/, 'a type such as "image/png"');
  const read = readSource(source);
  return new FileHandle(read.content, name ?? read.name, mimeType ?? read.mimeType);
}

/**
 * The old name of {@link handleFile}.
 *
 * @deprecated Use `handleFile`.
 */
export const file: typeof handleFile = handleFile;

interface ReadSource {
  readonly content: FileContent;
  readonly name?: string | undefined;
  readonly mimeType?: string | undefined;
}

function readSource(source: unknown): ReadSource {
  if (typeof source === "string") return readText(source, foreign);
  if (source instanceof URL) return readText(source.href, /^(?!file:)/i);
  if (isBlob(source)) {
    const name = "name" in source && typeof source.name === "string" ? source.name : "";
    return {
      content: { kind: "blob", blob: source },
      name: name === "" ? undefined : name,
      mimeType: source.type === "" ? undefined : source.type,
    };
  }
  if (isBytes(source)) return { content: { kind: "bytes", bytes: bytesOf(source) } };
  if (isStream(source)) return { content: { kind: "stream", stream: new SingleUseStream(source) } };
  throw invalidSource(describe(source));
}

/** A path may have a colon in it, but hardly in front of two slashes. */
const foreign = /^(?!file:)(?:[a-z][a-z\d+.-]+:\/\/|blob:|$)/i;

function readText(text: string, notPath: RegExp): ReadSource {
  const scheme = /^([a-z][a-z\d+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === "http" || scheme === "https") {
    if (!URL.canParse(text)) throw invalidSource(`${JSON.stringify(text)}, which is no valid URL`);
    return { content: { kind: "url", url: text }, name: nameOfUrl(new URL(text)) };
  }
  if (scheme === "data") {
    const data = parseDataUrl(text);
    if (data === undefined) throw invalidSource("a data: URL that cannot be decoded");
    return { content: { kind: "bytes", bytes: data.bytes }, mimeType: data.mimeType };
  }
  if (notPath.test(text)) throw invalidSource(JSON.stringify(text.slice(0, 200)));
  return { content: { kind: "path", path: text } };
}

function nameOfUrl(url: URL): string {
  const segment = lastSegment(url.pathname);
  try {
    return decodeURIComponent(segment) || "file";
  } catch {
    // Not every `%` in the wild begins an escape: then the name is what the address says.
    return segment;
  }
}

/** A stream that knows whether it was read: what is gone cannot be sent again. */
class SingleUseStream {
  readonly #source: ByteStream;
  #opened = false;

  constructor(source: ByteStream) {
    this.#source = source;
  }

  /** Whether somebody has begun to read it. */
  get used(): boolean {
    const state = this.#source as {
      locked?: unknown;
      destroyed?: unknown;
      readableEnded?: unknown;
    };
    return [this.#opened, state.locked, state.destroyed, state.readableEnded].includes(true);
  }

  /** @throws InputError `INVALID_SOURCE` the second time. */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array> {
    if (this.used) {
      throw new InputError(
        "INVALID_SOURCE",
        "This stream was read already: a stream can be sent once. Make a new one for every call, or pass a path, a Blob or bytes.",
      );
    }
    this.#opened = true;
    return readChunks(this.#source, signal);
  }
}

/** `instanceof` alone would miss those of other realms. */
export function isBlob(value: unknown): value is Blob {
  return (
    value instanceof Blob ||
    (/^\[object (?:Blob|File)\]$/.test(Object.prototype.toString.call(value)) &&
      typeof (value as Blob).stream === "function")
  );
}

export function isBytes(value: unknown): value is ArrayBuffer | ArrayBufferView {
  return (
    ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === "[object ArrayBuffer]"
  );
}

function isStream(value: unknown): value is ByteStream {
  return (
    typeof value === "object" &&
    value !== null &&
    (Symbol.asyncIterator in value ||
      ("getReader" in value && typeof value.getReader === "function"))
  );
}

function checkOption(option: string, value: unknown, right: RegExp, description: string): void {
  if (value === undefined || (typeof value === "string" && right.test(value))) return;
  throw new InputError(
    "INVALID_OPTION",
    `${option}: it must be ${description}, not ${typeof value === "string" ? JSON.stringify(value) : describe(value)}.`,
  );
}

function invalidSource(came: string): InputError {
  return new InputError(
    "INVALID_SOURCE",
    `source: a file is given as a path, an http(s) address, a Blob, bytes or a stream, not as ${came}.`,
  );
}
