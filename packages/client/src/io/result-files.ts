import type { FileData } from "../core/file-data.js";
import { fileUrl } from "../core/file-url.js";
import { GradioFile, placeOnDisk, type FileAccess } from "../core/gradio-file.js";
import type { TransferOptions } from "../core/transfer.js";
import { InputError } from "../errors.js";
import type { Disk, DiskFile } from "./platform.js";
import type { Requests } from "./requests.js";
import type { RequestOptions } from "./traffic.js";

/** Most downloads of one result at the same time. */
const mostAtOnce = 4;

/** Makes the addresses of files usable where no header can be sent. */
export interface AddressSigner {
  sign(url: string): string;
  /** Sees to it that signatures are good for a while. Never rejects. */
  refresh(signal: AbortSignal): Promise<void>;
}

/** The result files of one app: makes them, reads them, brings them to disk. */
export class ResultFiles implements FileAccess {
  readonly app: string;
  readonly #requests: Requests;
  readonly #disk: Disk | undefined;
  readonly #mimeType: (name: string) => string | undefined;
  readonly #signer: AddressSigner | undefined;

  constructor(
    requests: Requests,
    disk: Disk | undefined,
    mimeType: (name: string) => string | undefined,
    signer?: AddressSigner,
  ) {
    this.app = requests.base;
    this.#requests = requests;
    this.#disk = disk;
    this.#mimeType = mimeType;
    this.#signer = signer;
  }

  /**
   * To be waited for before a call, where its files get signed addresses.
   *
   * @param owner its signal, made when it is asked for, ends the wait.
   */
  prepare(owner: { readonly signal: AbortSignal }): Promise<void> | undefined {
    return this.#signer?.refresh(owner.signal);
  }

  /** A file of a result, still on the server. */
  make(data: FileData): GradioFile {
    const plain = fileUrl(data, this.app, this.#requests.prefix);
    const url = this.#signer?.sign(plain) ?? plain;
    return new GradioFile(data, this, { url, mimeType: this.#mimeType });
  }

  /**
   * Brings a file below `directory`, as `<sha256 of its content>/<name>`, and notes where it is.
   * Streams grow while the app runs and stay where they are, as does what is on disk already.
   */
  async store(file: GradioFile, directory: string, options: RequestOptions = {}): Promise<void> {
    if (this.#disk === undefined || file.isStream || file.path !== undefined) return;
    const body = this.#download(file, options);
    const { path, size } = await this.#disk.storeByContent(directory, file.name, body);
    placeOnDisk(file, path, size);
  }

  /** The same for many files, a few at the same time: the first failure stops the others. */
  async storeAll(
    files: readonly GradioFile[],
    directory: string,
    { signal, headers }: RequestOptions = {},
  ): Promise<void> {
    // Where there is a disk only: pages never load it.
    const { inParallel } = await import("./parallel.js");
    await inParallel(files, mostAtOnce, signal, async (file, stop) => {
      await this.store(file, directory, { signal: stop, headers });
    });
  }

  async *read(
    file: GradioFile,
    { signal, onProgress }: TransferOptions = {},
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const local = this.#local(file);
    if (local === undefined) {
      yield* this.#download(file, { signal }, onProgress);
      return;
    }
    signal?.throwIfAborted();
    const { Progress } = await import("./progress.js");
    const progress = new Progress(onProgress, local.size);
    for await (const chunk of local.content) {
      signal?.throwIfAborted();
      progress.add(chunk.byteLength);
      yield chunk;
    }
    progress.end();
  }

  async save(file: GradioFile, target: string, options?: TransferOptions): Promise<string> {
    if (typeof target !== "string" || target === "") {
      throw new InputError("INVALID_OPTION", "save: it needs the path of a file or a directory.");
    }
    if (this.#disk === undefined) {
      throw new InputError(
        "INVALID_OPTION",
        "save: there are no files here: that needs Node, Bun or Deno. Use blob() or stream().",
      );
    }
    const path = await this.#disk.save(target, file.name, this.read(file, options));
    if (file.path === undefined) placeOnDisk(file, path, undefined);
    return path;
  }

  /** The copy on disk. Temporary directories are emptied by others: then the app is asked again. */
  #local(
    file: GradioFile,
  ): (DiskFile & { readonly content: AsyncIterable<Uint8Array> }) | undefined {
    if (file.path === undefined || this.#disk === undefined) return undefined;
    try {
      const found = this.#disk.inspect(file.path);
      return { ...found, content: this.#disk.read(found.path) };
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }

  async *#download(
    file: GradioFile,
    options: RequestOptions,
    onProgress?: TransferOptions["onProgress"],
  ): AsyncGenerator<Uint8Array, void, undefined> {
    // Many results have no files, and of those that have many are only looked at.
    const { download } = await import("./download.js");
    yield* download(this.#requests, file, options, onProgress);
  }
}
