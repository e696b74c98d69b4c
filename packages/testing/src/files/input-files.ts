import { basename } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { collectFiles, hasFileMeta, isWebAddress, mapFiles, type FileData } from "../file-data.js";
import type { FileStore } from "./file-store.js";

/**
 * Checks and fetches the files of an input: uploaded ones must be known to this server, web
 * addresses are downloaded, data URLs decoded. Throws what the caller shall see.
 */
export async function receiveFiles(payload: unknown, store: FileStore): Promise<unknown> {
  const files = collectFiles(payload);
  const received = new Map<FileData, FileData>();
  for (const file of files) received.set(file, await receive(file, store));
  const value = mapFiles(payload, (file) => received.get(file) ?? file);
  return isInlineImage(value) ? decodeInline(value.url, store) : value;
}

async function receive(file: FileData, store: FileStore): Promise<FileData> {
  if (isWebAddress(file.path)) return download(file, store);
  if (!store.has(file.path)) {
    throw new Error(
      `Cannot move ${file.path} to the gradio cache dir because it was not uploaded by a user.`,
    );
  }
  const stored = await store.describe(file.path);
  return {
    ...stored,
    orig_name: file.orig_name ?? stored.orig_name,
    mime_type: file.mime_type ?? null,
  };
}

async function download(file: FileData, store: FileStore): Promise<FileData> {
  const response = await fetch(file.path);
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`could not download ${file.path}: status ${response.status}`);
  }
  const name = file.orig_name ?? (basename(new URL(file.path).pathname) || "file");
  const path = await store.write(Readable.fromWeb(response.body as ReadableStream), name);
  return store.describe(path);
}

function isInlineImage(value: unknown): value is { url: string } {
  if (typeof value !== "object" || value === null) return false;
  const { path, url, meta } = value as Partial<FileData>;
  return typeof path !== "string" && hasFileMeta(meta) && (url?.startsWith("data:") ?? false);
}

async function decodeInline(url: string, store: FileStore): Promise<FileData> {
  const [, extension = "bin"] = /^data:\w+\/(\w+)/.exec(url) ?? [];
  const content = await (await fetch(url)).arrayBuffer();
  return store.create(new Uint8Array(content), `image.${extension}`);
}
