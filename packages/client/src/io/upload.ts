import { fileUrl, isHttpUrl } from "../core/file-url.js";
import { inputFileData, type FileData } from "../core/file-data.js";
import { contentOf, FileHandle } from "../core/file-handle.js";
import type { FileInput } from "../core/file-walk.js";
import { accessOf, GradioFile } from "../core/gradio-file.js";
import type { TransferOptions } from "../core/transfer.js";
import { ConnectionError, HttpError, UploadError } from "../errors.js";
import type { UploadPart } from "./multipart.js";
import { inParallel } from "./parallel.js";
import { Progress } from "./progress.js";
import { parseJson } from "./parse-json.js";
import type { Requests } from "./requests.js";
import { identityOf, SentFiles } from "./sent-files.js";
import { checkUpload, type CheckedUpload, type UploadSettings } from "./upload-part.js";

/** What an upload can be told besides the files. */
export interface UploadOptions extends TransferOptions {
  /** Sent with every request, replacing the client's headers of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The session for which they are sent: a file that it has sent before is not sent again. */
  readonly session?: object | undefined;
}

const sentFiles = new WeakMap<object, SentFiles>();

/** Most uploads at the same time: a gallery shall not take every connection of the client. */
const mostAtOnce = 4;

/**
 * Brings files to the app, each in a request of its own, a few at the same time. All or nothing: the
 * first failure stops the others. Files that the app can reach by itself are not sent.
 *
 * @returns for every file what the app is to be told of it.
 * @throws UploadError, ConnectionError, InputError, AuthenticationError; the signal's reason.
 */
export async function uploadAll(
  files: readonly FileInput[],
  requests: Requests,
  settings: UploadSettings,
  options: UploadOptions = {},
): Promise<Map<object, FileData>> {
  const { signal, headers, onProgress, session } = options;
  const sent = session === undefined ? undefined : sentFilesOf(session);
  const found = new Map<object, FileData>();
  const waiting: [file: FileInput, content: CheckedUpload][] = [];
  for (const file of files) {
    const data = withoutUpload(file, requests.base);
    if (data !== undefined) found.set(file, data);
    else waiting.push([file, checkUpload(file, settings)]);
  }
  const progress = new Progress(onProgress, totalSize(waiting.map(([, content]) => content)));
  await inParallel(waiting, mostAtOnce, signal, async ([file, content], stop) => {
    const send = (): Promise<FileData> => upload(content, requests, stop, headers, progress);
    const identity = sent === undefined ? undefined : identityOf(file, content, settings.disk);
    if (sent === undefined || identity === undefined) {
      found.set(file, await send());
      return;
    }
    const isThere = (data: FileData): Promise<boolean> =>
      hasFile(data, requests, { signal: stop, headers });
    found.set(file, await sent.find(identity, { isThere, send }, stop));
  });
  progress.end();
  return found;
}

function sentFilesOf(session: object): SentFiles {
  const known = sentFiles.get(session) ?? new SentFiles();
  sentFiles.set(session, known);
  return known;
}

/** Whether the app still has a file as it was sent: it may have been restarted, or have cleaned up. */
async function hasFile(
  data: FileData,
  requests: Requests,
  options: { readonly signal: AbortSignal; readonly headers: UploadOptions["headers"] },
): Promise<boolean> {
  const url = fileUrl(data, requests.base, requests.prefix);
  try {
    const response = await requests.send("HEAD", url, options);
    await requests.text(response, options.signal);
    const length = response.header("content-length");
    return response.status === 200 && (length === null || Number(length) === data.size);
  } catch {
    options.signal.throwIfAborted();
    // Whatever is wrong with the way to the app, sending the file will tell.
    return false;
  }
}

/** What the app knows already, or can fetch by itself. */
function withoutUpload(file: FileInput, app: string): FileData | undefined {
  if (file instanceof GradioFile) {
    const data = file.toJSON();
    return accessOf(file).app === app || isHttpUrl(data.path) ? data : undefined;
  }
  if (!(file instanceof FileHandle)) return undefined;
  const content = contentOf(file);
  if (content.kind !== "url") return undefined;
  const { url } = content;
  const { name = "file", mimeType } = file;
  return inputFileData({ path: url, url, name, mimeType });
}

async function upload(
  content: CheckedUpload,
  requests: Requests,
  signal: AbortSignal,
  headers: UploadOptions["headers"],
  progress: Progress,
): Promise<FileData> {
  const { name, mimeType, size } = content;
  // Our own side's failure: a transport only sees that the body broke off, and says so.
  let failure: { readonly error: unknown } | undefined;
  const noted = (error: unknown): never => {
    failure ??= { error };
    throw error;
  };
  let sent = 0;
  const part: UploadPart = { ...content, stream: () => withFailure(content.open(signal), noted) };
  const onProgress = (loaded: number): void => {
    try {
      progress.add(loaded - sent);
      sent = loaded;
    } catch (error) {
      noted(error);
    }
  };
  try {
    const response = await requests.request("POST", requests.api("/upload"), {
      // A stream is counted in any case: its size is known only afterwards.
      body: { part, onProgress: progress.heard || size === undefined ? onProgress : undefined },
      signal,
      headers,
    });
    const path = pathOf(parseJson(await requests.text(response, signal), response.url));
    if (path === undefined) {
      throw new UploadError(
        "UPLOAD_FAILED",
        `"${name}": the app took the upload, but did not say where the file is.`,
      );
    }
    return inputFileData({ path, name, mimeType, size: size ?? sent });
  } catch (error) {
    throw failure === undefined ? uploadFailure(error, name) : failure.error;
  }
}

async function* withFailure(
  content: AsyncIterable<Uint8Array>,
  noted: (error: unknown) => never,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* content;
  } catch (error) {
    noted(error);
  }
}

function pathOf(answer: unknown): string | undefined {
  const path: unknown = Array.isArray(answer) && answer.length === 1 ? answer[0] : undefined;
  return typeof path === "string" && path !== "" ? path : undefined;
}

/** Refused or cut off; what has a class of its own, such as a missing login, keeps it. */
function uploadFailure(error: unknown, name: string): unknown {
  if (error instanceof HttpError) {
    const tooLarge = error.status === 413;
    const said = /^\s*[<{]/.test(error.body) ? "" : error.body.trim();
    return new UploadError(
      tooLarge ? "FILE_TOO_LARGE" : "UPLOAD_FAILED",
      `"${name}" was refused by the app: ${said || error.message}`,
      error,
    );
  }
  if (error instanceof ConnectionError && error.code === "CONNECTION_LOST") {
    return new UploadError("UPLOAD_FAILED", `The upload of "${name}" was cut off.`, error);
  }
  return error;
}

function totalSize(parts: readonly CheckedUpload[]): number | undefined {
  let total = 0;
  for (const { size } of parts) {
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}
