import type { EndpointInfo, ParameterInfo } from "@gradio-kit/client";
import { UsageError } from "../failure/usage-error.js";
import { type Inputs, readDocument } from "./input-document.js";
import { joinValues, pairValue } from "./pair-value.js";
import type { Sources } from "./sources.js";
import type { Words } from "./words.js";

/**
 * The inputs that were given, typed as the endpoint says. A name that the endpoint does not know is
 * left to the client, which says which ones there are.
 *
 * @throws UsageError
 */
export async function readInputs(
  endpoint: EndpointInfo,
  { document, pairs }: Pick<Words, "document" | "pairs">,
  sources: Sources,
): Promise<Inputs> {
  const given = document === undefined ? {} : await readDocument(document, endpoint, sources);
  if (Array.isArray(given)) {
    if (pairs.length === 0) return given;
    throw new UsageError("Inputs by position (a JSON list) and key=value cannot be mixed.");
  }
  const values = new Map<string, unknown[]>();
  for (const pair of pairs) {
    const value = await pairValue(pair, parameterOf(endpoint, pair.key), sources);
    values.set(pair.key, [...(values.get(pair.key) ?? []), value]);
  }
  const typed = [...values].map(([key, list]): [string, unknown] => [
    key,
    joinValues(key, list, parameterOf(endpoint, key)),
  ]);
  return { ...given, ...Object.fromEntries(typed) };
}

/** The parameters that have no value yet. */
export function openParameters(endpoint: EndpointInfo, inputs: Inputs): ParameterInfo[] {
  return endpoint.parameters.filter(({ parameterName }, at) =>
    Array.isArray(inputs) ? inputs[at] === undefined : inputs[parameterName] === undefined,
  );
}

/**
 * Says which inputs are missing, all of them at once.
 *
 * @throws UsageError
 */
export function checkComplete(endpoint: EndpointInfo, inputs: Inputs): void {
  const missing = openParameters(endpoint, inputs).filter(({ hasDefault }) => !hasDefault);
  if (missing.length === 0) return;
  const name = endpoint.apiName ?? `endpoint ${endpoint.fnIndex}`;
  const list = missing.map(({ parameterName, label }) => `${parameterName} (${label})`).join(", ");
  throw new UsageError(
    `${name} needs ${missing.length === 1 ? "a value for" : "values for"} ${list}.`,
    `gradio-kit info <app> ${endpoint.apiName ?? endpoint.fnIndex} shows what it takes.`,
  );
}

const parameterOf = (endpoint: EndpointInfo, key: string): ParameterInfo | undefined =>
  endpoint.parameters.find(({ parameterName }) => parameterName === key);
