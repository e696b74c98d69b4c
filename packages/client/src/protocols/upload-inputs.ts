import { collectFiles, fillFiles } from "../core/file-walk.js";
import type { Requests } from "../io/requests.js";
import type { UploadSettings } from "../io/upload-part.js";
import type { Call, SendingScope } from "./dialect.js";

/** Uploads the files of a call; in its data they stand as file data, as since Gradio 4. */
export async function uploadInputs(
  { data, headers }: Call,
  requests: Requests,
  settings: UploadSettings,
  { session, signal }: SendingScope,
): Promise<readonly unknown[]> {
  const files = collectFiles(data);
  if (files.length === 0) return data;
  // Most calls have no files: what sends them is loaded by the first one that has.
  const { uploadAll } = await import("../io/upload.js");
  const uploaded = await uploadAll(files, requests, settings, { headers, session, signal });
  return fillFiles(data, uploaded) as readonly unknown[];
}
