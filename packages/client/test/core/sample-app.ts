import { readApiInfo } from "../../src/core/api-info.js";
import { readConfig, type AppConfig } from "../../src/core/config.js";
import { EndpointTable } from "../../src/core/endpoints.js";

/** The schema of a file as Gradio 6 sends it. */
export const fileSchema = {
  $defs: {
    FileDataMeta: {
      properties: { _type: { const: "gradio.FileData", title: "Type", type: "string" } },
      required: ["_type"],
      title: "FileDataMeta",
      type: "object",
    },
  },
  properties: {
    path: { title: "Path", type: "string" },
    url: { anyOf: [{ type: "string" }, { type: "null" }], default: null, title: "Url" },
    meta: { $ref: "#/$defs/FileDataMeta" },
  },
  required: ["path"],
  title: "FileData",
  type: "object",
};

/** The schema of an image, which marks files in another way. */
export const imageSchema = {
  properties: {
    path: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
    url: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
    meta: { additionalProperties: true, default: { _type: "gradio.FileData" }, type: "object" },
  },
  type: "object",
};

/** The schema of a gallery of images and videos. */
export const gallerySchema = {
  $defs: {
    FileData: { properties: fileSchema.properties, required: ["path"], type: "object" },
    FileDataMeta: fileSchema.$defs.FileDataMeta,
    ImageData: imageSchema,
    GalleryImage: {
      properties: {
        image: { $ref: "#/$defs/ImageData" },
        caption: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
      },
      required: ["image"],
      type: "object",
    },
    GalleryVideo: {
      properties: {
        video: { $ref: "#/$defs/FileData" },
        caption: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
      },
      required: ["video"],
      type: "object",
    },
  },
  items: { anyOf: [{ $ref: "#/$defs/GalleryImage" }, { $ref: "#/$defs/GalleryVideo" }] },
  type: "array",
};

type Raw = Record<string, unknown>;

/** A component on the wire. */
export function component(id: number, type: string, props: Raw = {}, schema: Raw = {}): Raw {
  const hidden = ["state", "button", "accordion"].includes(type);
  return { id, type, props, skip_api: hidden, ...(!hidden && { api_info: schema }) };
}

const components = [
  component(1, "textbox", { label: "Name", value: "World" }, { type: "string" }),
  component(
    2,
    "slider",
    { label: "Times", value: 2 },
    { type: "number", description: "between 1 and 10" },
  ),
  component(3, "textbox", { label: "Text" }, { type: "string" }),
  component(4, "number", { label: "Number", value: 3 }, { type: "number" }),
  component(5, "number", {}, { type: "number" }),
  component(6, "file", { label: "Upload" }, fileSchema),
  component(7, "json", { label: "Any JSON" }, { type: {}, description: "any valid json" }),
  component(8, "state"),
  component(9, "textbox", { label: "Result" }, { type: "string" }),
  component(10, "button", { value: "Run", variant: "primary" }),
  component(11, "accordion"),
];

function dependency(
  id: number,
  name: unknown,
  inputs: number[],
  outputs: number[],
  more: Raw = {},
) {
  return {
    id,
    api_name: name,
    inputs,
    outputs,
    backend_fn: true,
    queue: true,
    api_visibility: "public",
    types: { generator: false, cancel: false },
    ...more,
  };
}

/** What `/config` of the app says: one endpoint for each thing that matters to a caller. */
export const rawConfig = {
  version: "6.31.0",
  protocol: "sse_v3",
  title: "sample app",
  components,
  dependencies: [
    dependency(0, "greet", [1, 2], [9]),
    dependency(1, "count", [4], [9], { types: { generator: true, cancel: false } }),
    dependency(2, "divide", [4, 5], [4, 5]),
    dependency(3, "between", [3, 8, 5], [9, 8]),
    dependency(4, "shout", [6], [6]),
    dependency(5, "echo", [7], [7], { queue: false }),
    dependency(7, "hidden_helper", [3, 5], [9], { api_visibility: "undocumented" }),
    dependency(8, "secret", [3], [9], { api_visibility: "private" }),
    dependency(9, "stop", [], [], { api_visibility: "private", backend_fn: false }),
    dependency(10, "nothing", [], []),
    dependency(11, "props", [3, 5], [9], { component_prop_inputs: [0] }),
    dependency(12, "props_of_button", [10, 5], [9], { component_prop_inputs: [0] }),
    dependency(13, "layout", [3], [11, 9, 10]),
    dependency(14, "optional", [3, 5], [9]),
    dependency(15, "browser_only", [], [], { backend_fn: false }),
  ],
};

function parameter(name: string, label: string, schema: Raw, more: Raw = {}): Raw {
  return {
    label,
    parameter_name: name,
    parameter_has_default: false,
    parameter_default: null,
    type: schema,
    component: "Textbox",
    example_input: "Hello!!",
    ...more,
  };
}

const text = { type: "string" };
const number = { type: "number" };
const result = { label: "Result", type: text, component: "Textbox" };

/** What `/info` says; of some endpoints it says nothing, as apps may. */
export const rawInfo = {
  named_endpoints: {
    "/greet": {
      description: "Says hello.",
      parameters: [
        parameter("name", "Name", text, {
          parameter_has_default: true,
          parameter_default: "World",
        }),
        parameter("times", "Times", number, {
          parameter_has_default: true,
          parameter_default: 2,
          component: "Slider",
          example_input: 1,
        }),
      ],
      returns: [result],
    },
    "/between": {
      parameters: [parameter("a", "Text", text), parameter("b", "Number", number)],
      returns: [result],
    },
    "/props": {
      parameters: [parameter("x", "Text", text), parameter("y", "Number", number)],
      returns: [result],
    },
    "/props_of_button": { parameters: [parameter("y", "Number", number)], returns: [result] },
    "/layout": { parameters: [parameter("a", "Text", text)], returns: [result] },
    "/optional": {
      oauth_token: "optional",
      parameters: [
        parameter("a", "Text", text),
        parameter("b", "Number", number, { parameter_has_default: true }),
      ],
      returns: [result],
    },
    "/nothing": { oauth_token: "required", parameters: [], returns: [] },
    // Tells of two parameters where the app has one: somebody else's idea of what is hidden.
    "/count": { parameters: [parameter("n", "N", number), parameter("m", "M", number)] },
  },
  unnamed_endpoints: {},
};

/** The endpoints of the app, or of another. */
export function table(config: unknown = rawConfig, info: unknown = rawInfo): EndpointTable {
  return new EndpointTable(read(config), readApiInfo(info));
}

export function read(config: unknown): AppConfig {
  return readConfig(config, "");
}

/** An app with the given endpoints, each with one text box, and no `/info`. */
export function appWith(dependencies: Raw[]): EndpointTable {
  return table(
    {
      components,
      dependencies: dependencies.map((more, index) =>
        dependency(index, `endpoint_${index}`, [3], [9], more),
      ),
    },
    null,
  );
}

/** The error that a function throws. */
export function thrown(action: () => unknown): Error & { code?: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
