import { api, component, type Component, type ComponentOptions } from "../component.js";
import type { FileData } from "../file-data.js";
import { chatApi } from "./chat-schema.js";
import { fileDefinitions } from "./file-schema.js";

/** One part of a chat message. */
export type ChatContent =
  | { type: "text"; text: string }
  | { type: "file"; file: FileData; alt_text?: string | null }
  | { type: "component"; [property: string]: unknown };

/** One message of a chat, as Gradio 6 writes it. */
export interface ChatMessage {
  /** Who says it. */
  role: "user" | "assistant" | "system";
  /** What the page shows beside it, such as the title of a thought; `null`: nothing. */
  metadata: Record<string, unknown> | null;
  /** Its parts: texts, files and components. */
  content: ChatContent[];
  /** Answers that the page offers to choose from; `null`: none. */
  options: unknown[] | null;
}

/**
 * `gr.Chatbot` of Gradio 6: a list of messages. On input `content` must be a list of parts; on
 * output a plain string or a single part is also taken, as in Python.
 */
export function chatbot(label?: string, options: ComponentOptions = {}): Component<ChatMessage[]> {
  return component({
    type: "chatbot",
    label,
    options,
    api: chatApi,
    example: [
      { role: "user", metadata: null, content: [{ text: "Hello!", type: "text" }], options: null },
    ],
    initial: [],
    preprocess: checkMessages,
    postprocess: (value) => (Array.isArray(value) ? value.map(toMessage) : value),
  });
}

/** What a `multimodalTextbox` holds. */
export interface MultimodalValue {
  /** What was written. */
  text: string;
  /** What was attached, in order; may be empty. */
  files: FileData[];
}

/** `gr.MultimodalTextbox`: text and files. A plain string is refused. */
export function multimodalTextbox(
  label?: string,
  options: ComponentOptions = {},
): Component<MultimodalValue> {
  const schema = {
    $defs: fileDefinitions,
    properties: {
      text: { title: "Text", type: "string" },
      files: { items: { $ref: "#/$defs/FileData" }, title: "Files", type: "array" },
    },
    required: ["text"],
    title: "MultimodalData",
    type: "object",
  };
  return component({
    type: "multimodaltextbox",
    label,
    options,
    api: api(schema, "dict(text: str, files: list[filepath])"),
    example: { text: "Describe this image", files: [] },
    initial: { text: "", files: [] },
    preprocess: (payload) => {
      if (typeof payload !== "object") throw new TypeError("1 validation error for MultimodalData");
      const filled: Partial<MultimodalValue> | null = payload && { files: [], ...payload };
      return filled as MultimodalValue;
    },
    postprocess: (value) => (typeof value === "string" ? { text: value, files: [] } : value),
  });
}

function checkMessages(payload: unknown): ChatMessage[] {
  if (payload === null) return payload as unknown as ChatMessage[];
  const messages = Array.isArray(payload) ? (payload as ChatMessage[]) : [];
  if (!Array.isArray(payload) || messages.some((message) => !Array.isArray(message?.content))) {
    throw new TypeError(
      "1 validation error for ChatbotDataMessages\n  Input should be a valid list [type=list_type]",
    );
  }
  return messages;
}

function toMessage(value: unknown): ChatMessage {
  const { role, content, metadata = null, options = null } = value as ChatMessage;
  const parts = Array.isArray(content) ? content : [content as string | ChatContent];
  return {
    role,
    metadata,
    content: parts.map((part) => (typeof part === "string" ? { text: part, type: "text" } : part)),
    options,
  };
}
