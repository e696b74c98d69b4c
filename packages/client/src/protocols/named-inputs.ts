import { collectBytes } from "../core/byte-stream.js";
import type { FileData } from "../core/file-data.js";
import { contentOf, FileHandle } from "../core/file-handle.js";
import { collectFiles, fillFiles, type FileInput } from "../core/file-walk.js";
import { GradioFile } from "../core/gradio-file.js";
import type { Requests } from "../io/requests.js";
import { uploadAll } from "../io/upload.js";
import { checkUpload, type UploadSettings } from "../io/upload-part.js";
import type { Call, SendingScope } from "./dialect.js";
import { inlineFile, namedFile } from "./named-files.js";

/** The components of Gradio 3 that fetch a file from an address by themselves. */
const fetchers = new Set(["audio", "video"]);

/**
 * Brings the files of a call to an app of Gradio 3: images stand in the data as `data:` addresses,
 * other files as objects that name what was uploaded.
 */
export async function sendNamedFiles(
  { data, endpoint, headers }: Call,
  requests: Requests,
  settings: UploadSettings,
  { session, signal }: SendingScope,
): Promise<readonly unknown[]> {
  const inputs = data.map((value, position) => ({
    value,
    type: endpoint.inputs[position]?.type ?? "",
    files: collectFiles(value),
  }));
  const inlined = new Map<FileInput, FileData>();
  const uploads = new Set<FileInput>();
  for (const { type, files } of inputs) {
    for (const file of files) {
      if (type !== "image" && (fetchers.has(type) || addressOf(file) === undefined))
        uploads.add(file);
      else if (!inlined.has(file))
        inlined.set(file, await inline(file, requests, settings, signal));
    }
  }
  const uploaded = await uploadAll([...uploads], requests, settings, {
    headers,
    session,
    signal,
  });
  return inputs.map(({ value, type, files }) => {
    const found = files.map((file): [FileInput, unknown] => {
      const known = inlined.get(file);
      if (type === "image") return [file, known?.url];
      const sent = uploaded.get(file) ?? known;
      return [file, sent && namedFile(sent)];
    });
    return fillFiles(value, new Map<object, unknown>(found));
  });
}

/** The file with its content. Such an app does not fetch it by itself, wherever it is. */
async function inline(
  file: FileInput,
  requests: Requests,
  settings: UploadSettings,
  signal: AbortSignal,
): Promise<FileData> {
  if (file instanceof GradioFile && file.url.startsWith("data:")) return file.toJSON();
  const address = addressOf(file);
  if (address !== undefined) {
    const { name = "file", mimeType } = file as FileHandle;
    const response = await requests.request("GET", address, { signal });
    const type = mimeType ?? response.header("content-type") ?? undefined;
    return inlineFile(dataUrl(await collectBytes(response.stream()), type), name);
  }
  const { name, mimeType, open } = checkUpload(file, settings);
  return inlineFile(dataUrl(await collectBytes(open(signal)), mimeType), name);
}

function addressOf(file: FileInput): string | undefined {
  if (!(file instanceof FileHandle)) return undefined;
  const content = contentOf(file);
  return content.kind === "url" ? content.url : undefined;
}

/** How many bytes are put into one string at a time: arguments of a function are limited. */
const pieceLength = 0x8000;

function dataUrl(bytes: Uint8Array, mimeType: string | undefined): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += pieceLength) {
    text += String.fromCharCode(...bytes.subarray(start, start + pieceLength));
  }
  const type = mimeType?.split(";")[0]?.trim() || "application/octet-stream";
  return `data:${type};base64,${btoa(text)}`;
}
