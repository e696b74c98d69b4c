import { inputFileData, isFileData, markFile, type FileData } from "../core/file-data.js";
import { lastSegment, nameForType } from "../core/file-name.js";
import type { FileNotation } from "../core/file-notation.js";
import { asNumber, asString, isObject, type JsonObject } from "../core/json.js";

/**
 * The files of Gradio 3: objects with a `name`, which is a path of the server, or with their content as
 * a `data:` address; the value of an image is such an address by itself.
 */
export const namedFiles: FileNotation = {
  read: (value) => {
    if (!isObject(value)) return undefined;
    if (typeof value["is_file"] === "boolean") return read(value);
    return isFileData(value) ? value : undefined;
  },
  readOutput: (value, component) => (component?.type === "image" ? readImage(value) : value),
};

function readImage(value: unknown): unknown {
  if (isDataUrl(value)) return inlineFile(value, undefined);
  // `gr.update`: the value among properties.
  return isObject(value) && isDataUrl(value["value"])
    ? { ...value, value: inlineFile(value["value"], undefined) }
    : value;
}

function read(value: JsonObject): FileData | undefined {
  const { data, is_file, is_stream } = value;
  const name = asString(value["name"]);
  if (name !== undefined && (is_file === true || is_stream === true)) {
    const original = asString(value["orig_name"]) ?? lastSegment(name);
    const size = asNumber(value["size"]) ?? null;
    // With its own members, so that the app takes it back as it is.
    return markFile({
      ...value,
      path: name,
      orig_name: original,
      size,
      is_stream: is_stream === true,
    });
  }
  return isDataUrl(data) ? inlineFile(data, name) : undefined;
}

/** A file whose content is in the value itself. */
export function inlineFile(url: string, name: string | undefined): FileData {
  const type = /^data:([^;,]+)/.exec(url.slice(0, 200))?.[1];
  return inputFileData({ path: "", url, name: name ?? nameForType(type), mimeType: type });
}

/** What an input of Gradio 3 is told of a file. */
export function namedFile({ path, url, orig_name, size }: FileData): JsonObject {
  if (path === "" && isDataUrl(url)) return { name: orig_name, data: url, is_file: false };
  return { name: path, data: null, is_file: true, orig_name, size: size ?? null };
}

function isDataUrl(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("data:");
}
