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

/** Puts what an app of Gradio 3 says of its values into the terms of later ones. */
export function describeNamed({ config, info }: AppDescription): AppDescription {
  const components = [...config.components].map(([id, component]): [number, Component] => {
    const schema = schemaOf(component);
    return [id, { ...component, inputSchema: schema, outputSchema: schema }];
  });
  // The config knows the choices of each component besides: it goes before what `/info` says.
  const told = [...config.components.values()].some(({ inputSchema }) =>
    isObject(inputSchema?.["info"]),
  );
  const map = (value: unknown): unknown => mapValue(value, told);
  return {
    config: { ...config, components: new Map(components) },
    info: { named: mapEndpoints(info.named, map), unnamed: mapEndpoints(info.unnamed, map) },
  };
}

function schemaOf({ type, props, inputSchema }: Component): JsonObject | undefined {
  if (type === "image") return file;
  const told = inputSchema?.["info"];
  const schema = isObject(told) ? convert(told, deepest) : usualSchema(type, props);
  const choices = asArray(props["choices"]).map((choice) =>
    Array.isArray(choice) ? choice[1] : choice,
  );
  if (schema === undefined || choices.length === 0) return schema;
  if (schema["type"] === "string") return { ...schema, enum: choices };
  return schema["type"] === "array" ? { ...schema, items: { enum: choices } } : schema;
}

function usualSchema(type: string, { file_count }: JsonObject): JsonObject | undefined {
  if (type !== "file" && type !== "uploadbutton") return usual[type];
  return file_count === undefined || file_count === "single"
    ? file
    : { type: "array", items: file };
}

function mapEndpoints(endpoints: JsonObject, map: (value: unknown) => unknown): JsonObject {
  const entries = Object.entries(endpoints).map(([name, endpoint]) => {
    if (!isObject(endpoint) || !Array.isArray(endpoint["parameters"])) return [name, endpoint];
    const { parameters, returns } = endpoint;
    const mapped = { parameters: parameters.map(map), returns: asArray(returns).map(map) };
    return [name, { ...endpoint, ...mapped }];
  });
  return Object.fromEntries(entries) as JsonObject;
}

function mapValue(value: unknown, isToldByConfig: boolean): unknown {
  if (!isObject(value)) return value;
  const isImage = asString(value["component"])?.toLowerCase() === "image";
  const type = isImage ? file : convert(value["type"], deepest);
  return { ...value, type: isToldByConfig ? undefined : type };
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
