import { collectBytes, toReadableStream } from "./byte-stream.js";
import type { FileData } from "./file-data.js";
import { lastSegment, safeFileName } from "./file-name.js";
import type { TransferOptions } from "./transfer.js";

/** How the content of the result files of one app is reached. */
export interface FileAccess {
  /** The address of the app, with a slash at the end: its paths mean nothing to another one. */
  readonly app: string;
  /** The content, asked for when it is first read: from disk where it is there, else from the app. */
  read(file: GradioFile, options?: TransferOptions): AsyncIterable<Uint8Array>;
  /** Writes the content to a file, or into a directory; gives the path of the file. */
  save(file: GradioFile, target: string, options?: TransferOptions): Promise<string>;
}

/** The way to a file's content, for those who send it on. */
export let accessOf: (file: GradioFile) => FileAccess;

/** Notes that the content of a file is on disk now. */
export let placeOnDisk: (file: GradioFile, path: string, size: number | undefined) => void;

/**
 * A file in a result. It can be passed straight back as an input, of the same app without an upload.
 *
 * @example
 * ```ts
 * const image = await client.predict("/draw", { prompt: "a cat" });
 * if (image instanceof GradioFile) await image.save("pictures/");
 * ```
 */
export class GradioFile {
  /** Its name: always a plain name that is safe to save under. */
  readonly name: string;
  /** Where it can be fetched; an app with a login or a private Space asks for credentials there. */
  readonly url: string;
  /** Its path on this machine, once it is on disk; its content is then read from there. */
  readonly path: string | undefined;
  /** Bytes, where they are known. */
  readonly size: number | undefined;
  /** What the app says, else what the name suggests. */
  readonly mimeType: string | undefined;
  /**
   * Whether it is audio or video that the app streams: then its content is the playlist (HLS,
   * `.m3u8`) at {@link url}, which grows while the app runs, and it is never stored on its own.
   */
  readonly isStream: boolean;
  readonly #data: FileData;
  readonly #access: FileAccess;

  static {
    accessOf = (file) => file.#access;
    placeOnDisk = (file, path, size) => {
      const writable: { path: string | undefined; size: number | undefined } = file;
      writable.path = path;
      writable.size = size ?? file.size;
    };
  }

  /** Made by the client, from results. */
  constructor(
    data: FileData,
    access: FileAccess,
    known: { readonly url: string; readonly mimeType: (name: string) => string | undefined },
  ) {
    this.name = safeFileName(data.orig_name || lastSegment(data.path));
    this.url = known.url;
    this.path = undefined;
    this.size = data.size ?? undefined;
    this.mimeType = data.mime_type || known.mimeType(this.name);
    this.isStream = data.is_stream === true;
    this.#data = data;
    this.#access = access;
  }

  /**
   * All of its content.
   *
   * @throws ConnectionError or HttpError when the app does not give it out.
   */
  async bytes(options?: TransferOptions): Promise<Uint8Array<ArrayBuffer>> {
    return await collectBytes(this.#access.read(this, options));
  }

  /** All of its content as text (UTF-8); throws as {@link bytes} does. */
  async text(options?: TransferOptions): Promise<string> {
    return new TextDecoder().decode(await this.bytes(options));
  }

  /** All of its content with its type; throws as {@link bytes} does. */
  async blob(options?: TransferOptions): Promise<Blob> {
    return new Blob([await this.bytes(options)], { type: this.mimeType ?? "" });
  }

  /** Its content piece by piece, asked for when it is read; fails as {@link bytes} does. */
  stream(options: TransferOptions = {}): ReadableStream<Uint8Array> {
    return toReadableStream((cancelled) => {
      const { signal = cancelled } = options;
      return this.#access.read(this, { ...options, signal: AbortSignal.any([signal, cancelled]) });
    });
  }

  /**
   * Writes its content to disk (Node, Bun, Deno), without holding it in memory. Missing directories
   * are made. The file appears when it is complete: after a failure there is nothing.
   *
   * @param target the path of the new file, which is replaced if it exists; or a directory, in which
   *   it gets its {@link name}: one that exists, or a path that ends with a slash.
   * @returns the path of the new file.
   * @throws InputError `INVALID_OPTION` when it cannot be written there; else as {@link bytes}.
   */
  async save(target: string, options?: TransferOptions): Promise<string> {
    return await this.#access.save(this, target, options);
  }

  /** Gradio's own file data, with the path that the file has on the server. */
  toJSON(): FileData {
    return this.#data;
  }
}
