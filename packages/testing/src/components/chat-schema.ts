import { api, type ComponentApi, type JsonSchema } from "../component.js";
import { fileDefinitions } from "./file-schema.js";

const text: JsonSchema = {
  properties: {
    text: { title: "Text", type: "string" },
    type: { const: "text", default: "text", title: "Type", type: "string" },
  },
  required: ["text"],
  title: "TextMessage",
  type: "object",
};

const file: JsonSchema = {
  properties: {
    file: { $ref: "#/$defs/FileData" },
    alt_text: { anyOf: [{ type: "string" }, { type: "null" }], default: null, title: "Alt Text" },
    type: { const: "file", default: "file", title: "Type", type: "string" },
  },
  required: ["file"],
  title: "FileMessage",
  type: "object",
};

const component: JsonSchema = {
  properties: {
    component: { title: "Component", type: "string" },
    value: { title: "Value" },
    constructor_args: { additionalProperties: true, title: "Constructor Args", type: "object" },
    props: { additionalProperties: true, title: "Props", type: "object" },
    type: { const: "component", default: "component", title: "Type", type: "string" },
  },
  required: ["component", "value", "constructor_args", "props"],
  title: "ComponentMessage",
  type: "object",
};

const metadata: JsonSchema = {
  properties: {
    title: { title: "Title", type: "string" },
    id: { anyOf: [{ type: "integer" }, { type: "string" }], title: "Id" },
    parent_id: { anyOf: [{ type: "integer" }, { type: "string" }], title: "Parent Id" },
    log: { title: "Log", type: "string" },
    duration: { title: "Duration", type: "number" },
    status: { enum: ["pending", "done"], title: "Status", type: "string" },
  },
  title: "MetadataDict",
  type: "object",
};

const option: JsonSchema = {
  properties: {
    value: { title: "Value", type: "string" },
    label: { title: "Label", type: "string" },
  },
  required: ["value"],
  title: "OptionDict",
  type: "object",
};

const message: JsonSchema = {
  properties: {
    role: { title: "Role", type: "string" },
    metadata: { anyOf: [{ $ref: "#/$defs/MetadataDict" }, { type: "null" }], default: null },
    content: {
      items: {
        anyOf: [
          { $ref: "#/$defs/TextMessage" },
          { $ref: "#/$defs/FileMessage" },
          { $ref: "#/$defs/ComponentMessage" },
        ],
      },
      title: "Content",
      type: "array",
    },
    options: {
      anyOf: [{ items: { $ref: "#/$defs/OptionDict" }, type: "array" }, { type: "null" }],
      default: null,
      title: "Options",
    },
  },
  required: ["role", "content"],
  title: "Message",
  type: "object",
};

/** A list of chat messages in `/info`. */
export const chatApi: ComponentApi = api(
  {
    $defs: {
      ...fileDefinitions,
      TextMessage: text,
      FileMessage: file,
      ComponentMessage: component,
      MetadataDict: metadata,
      OptionDict: option,
      Message: message,
    },
    items: { $ref: "#/$defs/Message" },
    title: "ChatbotDataMessages",
    type: "array",
  },
  "list[dict(role: str, metadata: dict(title: str, id: int | str, parent_id: int | str, log: str, duration: float, status: Literal['pending', 'done']) | None, content: list[dict(text: str, type: Literal[text]) | dict(file: filepath, alt_text: str | None, type: Literal[file]) | dict(component: str, value: Any, constructor_args: dict(str, Any), props: dict(str, Any), type: Literal[component])], options: list[dict(value: str, label: str)] | None)]",
);
