import type { AppOutline, EndpointOutline } from "./app-outline.js";
import type { EndpointInfo } from "./endpoint.js";

/**
 * What of an app is no longer as a program was written for, one sentence each. What does not touch
 * the program is no drift: a new endpoint, a new input with a default at the end, one more choice.
 */
export function findDrift(outline: AppOutline, endpoints: readonly EndpointInfo[]): string[] {
  return Object.entries(outline).flatMap(([key, expected]) => {
    const found = endpoints.find(({ apiName, fnIndex }) => (apiName ?? String(fnIndex)) === key);
    if (found === undefined) return [`${key} is no longer there.`];
    return [...inputDrift(expected, found), ...outputDrift(expected, found)].map(
      (sentence) => `${key}: ${sentence}`,
    );
  });
}

function inputDrift({ inputs }: EndpointOutline, { parameters }: EndpointInfo): string[] {
  const drift = inputs.flatMap(({ name, type, optional = false }) => {
    const found = parameters.find(({ parameterName }) => parameterName === name);
    if (found === undefined) return [`the input ${name} is no longer there.`];
    const { tsType, hasDefault } = found;
    const sentences: string[] = [];
    if (!isWithin(type, tsType)) sentences.push(`the input ${name} was ${type} and is ${tsType}.`);
    if (optional && !hasDefault) sentences.push(`the input ${name} has no default any more.`);
    return sentences;
  });
  const known = new Set(inputs.map(({ name }) => name));
  for (const { parameterName, tsType, hasDefault } of parameters) {
    if (known.has(parameterName) || hasDefault) continue;
    drift.push(`there is a new input that is required: ${parameterName} (${tsType}).`);
  }
  const names = parameters.map(({ parameterName }) => parameterName);
  if (drift.length === 0 && inputs.some(({ name }, at) => names[at] !== name)) {
    drift.push(`the inputs come in another order: ${names.join(", ")}.`);
  }
  return drift;
}

function outputDrift({ outputs }: EndpointOutline, { returns }: EndpointInfo): string[] {
  const found = returns.map(({ tsType }) => tsType);
  const fits =
    found.length === outputs.length &&
    found.every((type, at) => isWithin(type, outputs[at] ?? "unknown"));
  if (fits) return [];
  return [`the result was ${typesText(outputs)} and is ${typesText(found)}.`];
}

const typesText = (types: readonly string[]): string =>
  types.length === 1 ? (types[0] ?? "") : `[${types.join(", ")}]`;

/** Whether every value of one type is one of the other, as far as their texts tell. */
function isWithin(narrow: string, wide: string): boolean {
  if (narrow === wide || wide === "unknown") return true;
  const [parts, others] = [partsOf(narrow), partsOf(wide)];
  return (
    parts !== undefined && others !== undefined && parts.every((part) => others.includes(part))
  );
}

/** The members of a plain union, or of a list of one; `undefined` for anything else. */
function partsOf(type: string): readonly string[] | undefined {
  const list = /^\((.*)\)\[\]$/s.exec(type)?.[1];
  const parts = (list ?? type).match(/"(?:[^"\\]|\\.)*"|[^|"\s]+/g) ?? [];
  if (parts.join(" | ") !== (list ?? type)) return undefined;
  return list === undefined ? parts : parts.map((part) => `${part}[]`);
}
