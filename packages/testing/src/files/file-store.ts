import { createHash, randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, mkdtempSync } from "node:fs";
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, sep } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileData } from "../file-data.js";
import { tidyFileName } from "./file-names.js";

/** The files a server holds: a temporary directory, one folder per content, as at Gradio. */
export class FileStore {
  /** Absolute path of the temporary directory. */
  readonly directory: string;
  readonly #known = new Set<string>();
  // A salt per server, so that paths cannot be guessed from contents.
  readonly #salt: string = randomUUID();

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), "gradio-kit-testing-"));
    mkdirSync(this.directory, { recursive: true });
  }

  /** Stores a stream under a tidied name and answers its path. Memory does not grow with it. */
  async write(source: Readable, name: string): Promise<string> {
    const partial = join(this.directory, `partial-${randomUUID()}`);
    const hash = createHash("sha256").update(this.#salt);
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, hashing, createWriteStream(partial));
      return await this.#adopt(partial, hash.digest("hex"), name);
    } finally {
      await rm(partial, { force: true });
    }
  }

  /** Stores bytes and answers the file as an output. */
  async create(content: Uint8Array | string, name: string): Promise<FileData> {
    const bytes = Buffer.from(content);
    const hash = createHash("sha256").update(this.#salt).update(bytes).digest("hex");
    const partial = join(this.directory, `partial-${randomUUID()}`);
    await writeFile(partial, bytes);
    const path = await this.#adopt(partial, hash, name);
    return this.describe(path);
  }

  /** The `FileData` of a stored file, still without `url`. */
  async describe(path: string): Promise<FileData> {
    const { size } = await stat(path);
    return {
      path,
      url: null,
      size,
      orig_name: basename(path),
      mime_type: null,
      is_stream: false,
      meta: { _type: "gradio.FileData" },
    };
  }

  /** True for a path that this server handed out. */
  has(path: string): boolean {
    return this.#known.has(path);
  }

  /** The bytes of a stored file. */
  read(path: string): Promise<Uint8Array> {
    if (!this.has(path)) throw new Error(`not a file of this server: ${path}`);
    return readFile(path);
  }

  /** The path to serve, or `undefined` when it is no file inside the store. */
  async resolve(path: string): Promise<string | undefined> {
    try {
      const real = await realpath(path);
      const inside = real.startsWith((await realpath(this.directory)) + sep);
      return inside && (await stat(real)).isFile() ? real : undefined;
    } catch {
      // A path that does not exist is answered like one that is not allowed.
      return undefined;
    }
  }

  /** Deletes all files. */
  async clear(): Promise<void> {
    this.#known.clear();
    await rm(this.directory, { recursive: true, force: true });
  }

  async #adopt(partial: string, hash: string, name: string): Promise<string> {
    const folder = join(this.directory, hash);
    await mkdir(folder, { recursive: true });
    const path = join(folder, tidyFileName(name));
    await rename(partial, path);
    this.#known.add(path);
    return path;
  }
}
