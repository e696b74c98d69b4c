import { asString, isObject, member, type JsonObject } from "./json.js";

/**
 * Follows a `$ref` into the definitions of the schema it stands in. A reference that leads nowhere
 * is a schema that says nothing.
 */
export function dereference(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = asString(schema["$ref"]);
  if (reference === undefined) return schema;
  const path = /^#\/(\$defs|definitions)\/(.+)$/.exec(reference);
  const definitions = root[path?.[1] ?? ""];
  const name = (path?.[2] ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
  const target = isObject(definitions) ? member(definitions, name) : undefined;
  return isObject(target) ? target : {};
}

/**
 * Whether a schema is that of a file: it has a `path`, and Gradio's mark in `meta`. Before 4.21 there
 * was no mark: `orig_name` gives files away.
 */
export function isFileSchema(schema: JsonObject, root: JsonObject): boolean {
  const properties = schema["properties"];
  if (!isObject(properties) || !Object.hasOwn(properties, "path")) return false;
  const meta = properties["meta"];
  return isObject(meta) ? isFileMark(meta, root) : Object.hasOwn(properties, "orig_name");
}

function isFileMark(meta: JsonObject, root: JsonObject): boolean {
  const preset = meta["default"];
  if (isObject(preset)) return preset["_type"] === "gradio.FileData";
  const properties = dereference(meta, root)["properties"];
  const type = isObject(properties) ? properties["_type"] : undefined;
  return isObject(type) && type["const"] === "gradio.FileData";
}
