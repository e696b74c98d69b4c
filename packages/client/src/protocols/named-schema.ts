import type { ApiInfo } from "../core/api-info.js";
import type { Component } from "../core/config.js";
import { asArray, asString, isObject, type JsonObject } from "../core/json.js";
import type { AppDescription } from "./dialect.js";

/** A schema of a later Gradio by which a file is known as one. */
const file: JsonObject = {
  title: "FileData",
  type: "object",
  properties: { path: { type: "string" }, meta: { default: { _type: "gradio.FileData" } } },
  required: ["path"],
};
/** What components hold on servers that do not tell (before 3.29). */
const usual: Readonly<Record<string, JsonObject>> = {
  __proto__: null as never,
  textbox: { type: "string" },
  code: { type: "string" },
  colorpicker: { type: "string" },
  html: { type: "string" },
  markdown: { type: "string" },
  number: { type: "number" },
  slider: { type: "number" },
  checkbox: { type: "boolean" },
  audio: file,
  video: file,
  model3d: file,
};
/** Schemas may lead anywhere; those of Gradio 3 are three levels deep. */
const deepest = 10;

/** Puts what an app of Gradio 3 says of its files into the terms of later ones. */
export function describeNamed({ config, info }: AppDescription): AppDescription {
  const components = [...config.components].map(([id, component]): [number, Component] => {
    const schema = schemaOf(component);
    return [id, { ...component, inputSchema: schema, outputSchema: schema }];
  });
  return { config: { ...config, components: new Map(components) }, info: withFiles(info) };
}

function schemaOf({ type, props, inputSchema }: Component): JsonObject | undefined {
  if (type === "image") return file;
  const told = inputSchema?.["info"];
  if (isObject(told)) return convert(told, deepest);
  if (type !== "file" && type !== "uploadbutton") return usual[type];
  const { file_count } = props;
  return file_count === undefined || file_count === "single"
    ? file
    : { type: "array", items: file };
}

function withFiles({ named, unnamed }: ApiInfo): ApiInfo {
  return { named: mapEndpoints(named), unnamed: mapEndpoints(unnamed) };
}

function mapEndpoints(endpoints: JsonObject): JsonObject {
  const entries = Object.entries(endpoints).map(([name, endpoint]) => {
    if (!isObject(endpoint) || !Array.isArray(endpoint["parameters"])) return [name, endpoint];
    const { parameters, returns } = endpoint;
    const mapped = {
      parameters: asArray(parameters).map(mapValue),
      returns: asArray(returns).map(mapValue),
    };
    return [name, { ...endpoint, ...mapped }];
  });
  return Object.fromEntries(entries) as JsonObject;
}

function mapValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const isImage = asString(value["component"])?.toLowerCase() === "image";
  return { ...value, type: isImage ? file : convert(value["type"], deepest) };
}

/** The text that a file may be as well is a path on the machine of Python's client. */
function convert(schema: unknown, depth: number): JsonObject {
  if (!isObject(schema) || depth === 0) return {};
  const { properties, items, prefixItems } = schema;
  if (isObject(properties) && "name" in properties && "data" in properties) return file;
  const branches = schema["oneOf"] ?? schema["anyOf"];
  if (Array.isArray(branches)) {
    const converted = branches.map((branch) => convert(branch, depth - 1));
    const anyOf = converted.includes(file)
      ? converted.filter(({ type }) => type !== "string")
      : converted;
    return anyOf.length === 1 ? (anyOf[0] ?? {}) : { anyOf };
  }
  return {
    ...schema,
    ...(isObject(items) && { items: convert(items, depth - 1) }),
    ...(Array.isArray(prefixItems) && {
      prefixItems: prefixItems.map((item) => convert(item, depth - 1)),
    }),
  };
}
