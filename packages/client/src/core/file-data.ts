import { isObject } from "./json.js";

/** The mark by which Gradio tells a file from any other object that has a `path`. */
const mark = "gradio.FileData";

/** A file as Gradio writes it on the wire, in both directions. */
export interface FileData {
  /** Where the file is on the server, or its `http(s)` address elsewhere. */
  readonly path: string;
  /** Where the server believes that it can be fetched. */
  readonly url?: string | null;
  /** Bytes. */
  readonly size?: number | null;
  /** The name that the file had where it came from. */
  readonly orig_name?: string | null;
  /** Such as `"image/png"`. */
  readonly mime_type?: string | null;
  /** Whether it is a stream of audio or video that grows while the app runs. */
  readonly is_stream?: boolean;
  /** The mark by which Gradio tells a file from other objects. */
  readonly meta: { readonly _type: typeof mark };
}

/** Whether a value of a result is a file. A plain object that has a `path` is none. */
export function isFileData(value: unknown): value is FileData {
  // Every object of every value is looked at, and hardly any has the mark.
  if (!isObject(value) || !isObject(value["meta"]) || value["meta"]["_type"] !== mark) return false;
  const { path, url, orig_name, mime_type, size } = value;
  return (
    typeof path === "string" &&
    [url, orig_name, mime_type].every((member) => typeof (member ?? "") === "string") &&
    typeof (size ?? 0) === "number"
  );
}

/** A file of a server that does not mark them; `undefined` for what only looks like one. */
export function markFile(file: object): FileData | undefined {
  const marked = { ...file, meta: { _type: mark } };
  return isFileData(marked) ? marked : undefined;
}

/** What an input is told of a file that was uploaded, or that lies at an address. */
export function inputFileData(file: {
  readonly path: string;
  readonly name: string;
  readonly url?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly size?: number | undefined;
}): FileData {
  return {
    path: file.path,
    orig_name: file.name,
    ...(file.url !== undefined && { url: file.url }),
    ...(file.mimeType !== undefined && { mime_type: file.mimeType }),
    ...(file.size !== undefined && { size: file.size }),
    // Required on input since 5.5.0.
    meta: { _type: mark },
  };
}
