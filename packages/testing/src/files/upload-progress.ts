import { EventEmitter, once } from "node:events";

/** Bytes of a file that arrived since they were last asked for. */
interface UploadUpdate {
  orig_name: string;
  chunk_size: number;
}

/** One tracked upload. */
interface TrackedUpload {
  updates: UploadUpdate[];
  done: boolean;
}

/** The progress of uploads that came with an `upload_id`. */
export class UploadProgress {
  readonly #uploads = new Map<string, TrackedUpload>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  /** Starts to track an upload. */
  track(uploadId: string): void {
    this.#uploads.set(uploadId, { updates: [], done: false });
    this.#changes.emit("change");
  }

  /** Adds bytes; those nobody has asked for yet are summed up per file. */
  add(uploadId: string, name: string, bytes: number): void {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return;
    const last = upload.updates.at(-1);
    if (last?.orig_name === name) last.chunk_size += bytes;
    else upload.updates.push({ orig_name: name, chunk_size: bytes });
    this.#changes.emit("change");
  }

  finish(uploadId: string): void {
    const upload = this.#uploads.get(uploadId);
    if (upload) upload.done = true;
    this.#changes.emit("change");
  }

  stopTracking(uploadId: string): void {
    this.#uploads.delete(uploadId);
  }

  has(uploadId: string): boolean {
    return this.#uploads.has(uploadId);
  }

  /** The next thing to tell, if there is one. */
  next(uploadId: string): UploadUpdate | "done" | undefined {
    const upload = this.#uploads.get(uploadId);
    return upload?.done ? "done" : upload?.updates.shift();
  }

  /** Resolves at the next change of any upload, or throws when `signal` is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#changes, "change", { signal });
  }
}
