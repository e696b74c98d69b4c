import type { JsonSchema } from "../component.js";

const nullable = (type: string, title: string): JsonSchema => ({
  anyOf: [{ type }, { type: "null" }],
  default: null,
  title,
});

const meta: JsonSchema = {
  properties: { _type: { const: "gradio.FileData", title: "Type", type: "string" } },
  required: ["_type"],
  title: "FileDataMeta",
  type: "object",
};

const fileProperties: JsonSchema = {
  path: { title: "Path", type: "string" },
  url: nullable("string", "Url"),
  size: nullable("integer", "Size"),
  orig_name: nullable("string", "Orig Name"),
  mime_type: nullable("string", "Mime Type"),
  is_stream: { default: false, title: "Is Stream", type: "boolean" },
  meta: { $ref: "#/$defs/FileDataMeta" },
};

const imageProperties: JsonSchema = {
  path: nullable("string", "Path"),
  url: nullable("string", "Url"),
  size: nullable("integer", "Size"),
  orig_name: nullable("string", "Orig Name"),
  mime_type: nullable("string", "Mime Type"),
  is_stream: { default: false, title: "Is Stream", type: "boolean" },
  meta: {
    additionalProperties: true,
    default: { _type: "gradio.FileData" },
    title: "Meta",
    type: "object",
  },
};

const fileDefinition: JsonSchema = {
  properties: fileProperties,
  required: ["path"],
  title: "FileData",
  type: "object",
};

/** Schema of an image, by itself or inside another schema: its path may be missing. */
export const imageSchema: JsonSchema = {
  properties: imageProperties,
  title: "ImageData",
  type: "object",
};

/** Shared definitions that `$ref`s in these schemas point to. */
export const fileDefinitions: JsonSchema = { FileData: fileDefinition, FileDataMeta: meta };

/** Schema of a single file. */
export const fileSchema: JsonSchema = { $defs: { FileDataMeta: meta }, ...fileDefinition };

/** Schema of a list of files. */
export const fileListSchema: JsonSchema = {
  $defs: fileDefinitions,
  items: { $ref: "#/$defs/FileData" },
  title: "ListFiles",
  type: "array",
};
