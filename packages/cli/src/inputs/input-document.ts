import type { EndpointInfo } from "@gradio-kit/client";
import { UsageError } from "../failure/usage-error.js";
import { parseJson } from "./json-text.js";
import { withFiles } from "./schema-files.js";
import type { Sources } from "./sources.js";

/** All inputs of a call: by name or by position. */
export type Inputs = Record<string, unknown> | unknown[];

/**
 * Inputs as JSON: the text itself, or `@path` and `@-` for where it is.
 *
 * @throws UsageError
 */
export async function readDocument(
  document: string,
  endpoint: EndpointInfo,
  sources: Sources,
): Promise<Inputs> {
  const what = document.startsWith("@") ? document : "the inputs";
  const text = document.startsWith("@") ? await sources.text(what, document.slice(1)) : document;
  const value = parseJson(what, text);
  const { parameters } = endpoint;
  const fill = (item: unknown, at: number): unknown =>
    withFiles(item, parameters[at]?.type ?? {}, (path) => sources.file(what, path));
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value !== "object" || value === null) {
    throw new UsageError(
      `${what}: inputs are a JSON object, by name, or a JSON list, by position.`,
    );
  }
  const place = (name: string): number =>
    parameters.findIndex(({ parameterName }) => parameterName === name);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fill(item, place(name))]),
  );
}
