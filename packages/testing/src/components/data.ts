import { api, component, type Component, type ComponentOptions } from "../component.js";
import { compactJson } from "../wire/json.js";

const jsonSchema = { type: {}, description: "any valid json" };
const anyJson = "str | float | bool | list | dict";

/** `gr.JSON`: any JSON value. Streamed values are replaced whole. */
export function json(label?: string, options: ComponentOptions = {}): Component {
  return component({
    type: "json",
    label,
    options,
    api: api(jsonSchema, anyJson),
    outputApi: api(jsonSchema, anyJson, "any valid json"),
    example: { foo: "bar" },
    opaque: true,
    // Unlike other components this one has no NaN even where the wire could carry it.
    postprocess: (value) => JSON.parse(compactJson(value)),
  });
}

/** A table: column names and rows. */
export interface DataframeValue {
  /** The names of the columns. */
  headers: unknown[];
  /** The rows, each a list of cells. */
  data: unknown[][];
  /** How cells are shown and styled; `null`: as they are. */
  metadata: Record<string, unknown> | null;
}

/** `gr.Dataframe`: a table. */
export function dataframe(
  label?: string,
  options: ComponentOptions = {},
): Component<DataframeValue> {
  const anyList = { items: {}, type: "array" };
  const schema = {
    properties: {
      headers: { items: {}, title: "Headers", type: "array" },
      data: { items: anyList, title: "Data", type: "array" },
      metadata: {
        anyOf: [
          { additionalProperties: { anyOf: [anyList, { type: "null" }] }, type: "object" },
          { type: "null" },
        ],
        default: null,
        title: "Metadata",
      },
    },
    required: ["headers", "data"],
    title: "DataframeData",
    type: "object",
  };
  return component({
    type: "dataframe",
    label,
    options,
    api: api(
      schema,
      "dict(headers: list[Any], data: list[list[Any]], metadata: dict(str, list[Any] | None) | None)",
    ),
    example: { headers: ["a", "b"], data: [["foo", "bar"]] },
    initial: { headers: ["1", "2", "3"], data: [], metadata: null },
  });
}

/** What a `label` shows: the best class and, if known, how sure each class is (0 to 1). */
export interface LabelValue {
  /** The most likely class. */
  label: string | number | null;
  /** Every class and how likely it is, from 0 to 1; `null`: not said. */
  confidences: { label: string | number | null; confidence: number | null }[] | null;
}

/** `gr.Label`. An output may also be an object of class to confidence, as in Python. */
export function label(label?: string, options: ComponentOptions = {}): Component<LabelValue> {
  const name = {
    anyOf: [{ type: "string" }, { type: "integer" }, { type: "number" }, { type: "null" }],
    default: null,
    title: "Label",
  };
  const confidence = {
    properties: {
      label: name,
      confidence: {
        anyOf: [{ type: "number" }, { type: "null" }],
        default: null,
        title: "Confidence",
      },
    },
    title: "LabelConfidence",
    type: "object",
  };
  const schema = {
    $defs: { LabelConfidence: confidence },
    properties: {
      label: name,
      confidences: {
        anyOf: [{ items: { $ref: "#/$defs/LabelConfidence" }, type: "array" }, { type: "null" }],
        default: null,
        title: "Confidences",
      },
    },
    title: "LabelData",
    type: "object",
  };
  return component({
    type: "label",
    label,
    options,
    api: api(
      schema,
      "dict(label: str | int | float | None, confidences: list[dict(label: str | int | float | None, confidence: float | None)] | None)",
    ),
    example: { label: "Cat", confidences: [{ label: "cat", confidence: 0.9 }] },
    initial: {},
    postprocess: toLabel,
  });
}

/** A piece of text and what it is. */
export interface HighlightedToken {
  /** A piece of the text. */
  token: string;
  /** What it is marked with: a class or a number; `null`: nothing. */
  class_or_confidence: string | number | null;
}

/** `gr.HighlightedText`: pieces of text with a class or a confidence. */
export function highlightedText(
  label?: string,
  options: ComponentOptions = {},
): Component<HighlightedToken[]> {
  const token = {
    properties: {
      token: { title: "Token", type: "string" },
      class_or_confidence: {
        anyOf: [{ type: "string" }, { type: "number" }, { type: "null" }],
        default: null,
        title: "Class Or Confidence",
      },
    },
    required: ["token"],
    title: "HighlightedToken",
    type: "object",
  };
  return component({
    type: "highlightedtext",
    label,
    options,
    api: api(
      {
        $defs: { HighlightedToken: token },
        items: { $ref: "#/$defs/HighlightedToken" },
        title: "HighlightedTextData",
        type: "array",
      },
      "list[dict(token: str, class_or_confidence: str | float | None)]",
    ),
    example: [{ token: "quick", class_or_confidence: "adj" }],
  });
}

function toLabel(value: unknown): unknown {
  if (typeof value === "string" || typeof value === "number")
    return { label: value, confidences: null };
  if (typeof value !== "object" || value === null || "label" in value) return value;
  const confidences = Object.entries(value as Record<string, number>)
    .map(([name, confidence]) => ({ label: name, confidence }))
    .toSorted((a, b) => b.confidence - a.confidence);
  return { label: confidences[0]?.label ?? null, confidences };
}
