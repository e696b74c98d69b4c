import type { EndpointInfo, ParameterInfo } from "@gradio-kit/client";
import { filePlace } from "../inputs/file-place.js";
import { isMessage } from "../inputs/schema-files.js";
import { kindsOf } from "../inputs/schema-kinds.js";
import { shellWord } from "./shell-word.js";

/** Longer values are left out, where the app has a default for them. */
const longestValue = 80;

/** A line that calls an endpoint, for a shell. */
export function sampleCall({ apiName, fnIndex, parameters }: EndpointInfo, app: string): string {
  const values = parameters.flatMap(sample);
  const words = ["gradio-kit", "predict", app, apiName ?? String(fnIndex), ...values];
  return words.map(shellWord).join(" ");
}

/** A value that may be typed for a parameter: its default, else the app's example. */
function sample(parameter: ParameterInfo): string[] {
  const { parameterName, hasDefault, type } = parameter;
  const value = hasDefault ? parameter.default : (parameter.example ?? null);
  const text = JSON.stringify(value ?? null);
  const takesFiles = filePlace(type) !== undefined;
  if (takesFiles && (!hasDefault || text === "[]")) return [`${parameterName}=@file`];
  if (isMessage(type)) return [`${parameterName}=text`];
  // The app's own default serves better than a file that only the app has, or than a page of JSON.
  if (
    hasDefault &&
    (noValues.has(text) || text.length > longestValue || text.includes('"path":'))
  ) {
    return [];
  }
  if (value === null)
    return [`${parameterName}=${kindsOf(type).types.has("string") ? "text" : "null"}`];
  if (typeof value === "string" && !value.startsWith("@")) return [`${parameterName}=${value}`];
  const isScalar = typeof value === "number" || typeof value === "boolean";
  return [`${parameterName}${isScalar ? "=" : ":="}${text}`];
}

/** Defaults that tell nothing. */
const noValues = new Set(["null", "[]", "{}"]);
