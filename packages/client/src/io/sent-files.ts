import type { FileData } from "../core/file-data.js";
import { contentOf, FileHandle, isBlob } from "../core/file-handle.js";
import type { FileInput } from "../core/file-walk.js";
import { waitFor } from "./deadline.js";
import type { Disk } from "./platform.js";

/** How many files on disk are remembered in a session. */
const memory = 1000;

/** By what a file is known again: what it is, and in which state. */
export interface FileIdentity {
  readonly key: Blob | string;
  /** Another one is another content, or has to have another name at the app. */
  readonly state: string;
}

interface Sent {
  readonly state: string;
  /** `undefined`: it could not be sent. Never rejects. */
  readonly data: Promise<FileData | undefined>;
  /** Whether it is under way: then the app need not be asked whether it still has it. */
  underWay: boolean;
}

/** How a file comes to the app. */
export interface Sending {
  /** Whether the app still has what was sent. */
  isThere(data: FileData): Promise<boolean>;
  send(): Promise<FileData>;
}

/**
 * The files that an app was sent in one session: what is handed in again need not be sent again. Only
 * files that show when they have changed: those on disk, and `Blob`s, which never do.
 */
export class SentFiles {
  readonly #byPath = new Map<string, Sent>();
  readonly #byBlob = new WeakMap<Blob, Sent>();

  /** What the app knows of a file: from before, where it still has it, or because it is sent now. */
  async find(
    identity: FileIdentity,
    { isThere, send }: Sending,
    signal: AbortSignal,
  ): Promise<FileData> {
    const { key, state } = identity;
    for (;;) {
      const known = this.#get(key);
      if (known?.state !== state) break;
      const { underWay } = known;
      const data = await waitFor(known.data, signal);
      if (data !== undefined && (underWay || (await isThere(data)))) return data;
      this.#forget(key, known);
    }
    const sending = send();
    const data = sending.catch(() => undefined);
    const sent: Sent = { state, data, underWay: true };
    this.#set(key, sent);
    try {
      return await sending;
    } catch (error) {
      this.#forget(key, sent);
      throw error;
    } finally {
      sent.underWay = false;
    }
  }

  #get(key: Blob | string): Sent | undefined {
    return typeof key === "string" ? this.#byPath.get(key) : this.#byBlob.get(key);
  }

  #set(key: Blob | string, sent: Sent): void {
    if (typeof key !== "string") {
      this.#byBlob.set(key, sent);
      return;
    }
    this.#byPath.set(key, sent);
    const [oldest] = this.#byPath.keys();
    if (this.#byPath.size > memory && oldest !== undefined) this.#byPath.delete(oldest);
  }

  /** Unless somebody else has sent it again by now. */
  #forget(key: Blob | string, sent: Sent): void {
    if (this.#get(key) !== sent) return;
    if (typeof key === "string") this.#byPath.delete(key);
    else this.#byBlob.delete(key);
  }
}

/** By what a file can be known again; `undefined`: it may change without showing it. */
export function identityOf(
  file: FileInput,
  { name, mimeType = "" }: { readonly name: string; readonly mimeType: string | undefined },
  disk: Disk | undefined,
): FileIdentity | undefined {
  const label = JSON.stringify([name, mimeType]);
  if (isBlob(file)) return { key: file, state: label };
  if (!(file instanceof FileHandle)) return undefined;
  const content = contentOf(file);
  if (content.kind === "blob") return { key: content.blob, state: label };
  if (content.kind !== "path") return undefined;
  const found = disk?.inspect(content.path);
  if (found?.version === undefined) return undefined;
  return { key: found.path, state: `${found.version} ${label}` };
}
