import { parseDataUrl } from "../core/data-url.js";
import type { FileData } from "../core/file-data.js";
import { fileUrl } from "../core/file-url.js";
import { GradioFile, placeOnDisk, type FileAccess } from "../core/gradio-file.js";
import type { TransferOptions } from "../core/transfer.js";
import { ConnectionError, InputError, ProtocolError } from "../errors.js";
import { errorFromFailure } from "./failure.js";
import type { Disk, DiskFile, TransportResponse } from "./platform.js";
import { inParallel } from "./parallel.js";
import { Progress } from "./progress.js";
import type { RequestOptions, Requests } from "./requests.js";

/** Most downloads of one result at the same time. */
const mostAtOnce = 4;

/** The result files of one app: makes them, reads them, brings them to disk. */
export class ResultFiles implements FileAccess {
  readonly app: string;
  readonly #requests: Requests;
  readonly #disk: Disk | undefined;
  readonly #mimeType: (name: string) => string | undefined;

  constructor(
    requests: Requests,
    disk: Disk | undefined,
    mimeType: (name: string) => string | undefined,
  ) {
    this.app = requests.base;
    this.#requests = requests;
    this.#disk = disk;
    this.#mimeType = mimeType;
  }

  /** A file of a result, still on the server. */
  make(data: FileData): GradioFile {
    const url = fileUrl(data, this.app, this.#requests.prefix);
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
    if (file.url.startsWith("data:")) {
      yield contentOf(file.url);
      return;
    }
    const response = await this.#requests.request("GET", file.url, options);
    const length = lengthOf(response);
    const progress = new Progress(onProgress, length);
    for await (const chunk of received(response, length, options.signal)) {
      progress.add(chunk.byteLength);
      yield chunk;
    }
    progress.end();
  }
}

/** The content of a file that came with the result, as images do before Gradio 4. */
function contentOf(url: string): Uint8Array {
  const data = parseDataUrl(url);
  if (data !== undefined) return data.bytes;
  throw new ProtocolError("UNEXPECTED_MESSAGE", "A file in the result cannot be decoded.");
}

/** The body of an answer, held to the length that the server announced. */
async function* received(
  response: TransportResponse,
  length: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let loaded = 0;
  try {
    for await (const chunk of response.stream()) {
      loaded += chunk.byteLength;
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw errorFromFailure(error, response.url, false);
  }
  if (length !== undefined && loaded < length) {
    throw new ConnectionError(
      "CONNECTION_LOST",
      `The download broke off: ${loaded} of ${length} bytes came from ${new URL(response.url).pathname}.`,
      { retryable: true },
    );
  }
}

/** Bytes of the body; a compressed one has another length than what is read of it. */
function lengthOf(response: TransportResponse): number | undefined {
  const length = response.header("content-length");
  const encoding = response.header("content-encoding") ?? "identity";
  return length === null || encoding !== "identity" ? undefined : Number(length);
}
