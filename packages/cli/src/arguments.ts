import { handleFile, type EndpointInfo } from "@gradio-kit/client";
import { kindsOf } from "./schema-kinds.js";
import { typedValue } from "./typed-value.js";
import { UsageError } from "./usage-error.js";

/** `key=value`, `key:=json` or `key=@path`, taken apart. */
interface Pair {
  readonly key: string;
  readonly operator: "=" | ":=" | "=@";
  readonly text: string;
}

/** The words after the app: the endpoint, where the first one is none of `key=value`, and the rest. */
export function splitWords(words: readonly string[]): {
  endpoint: string | undefined;
  pairs: readonly string[];
} {
  const [first, ...rest] = words;
  const isName = first !== undefined && (first.startsWith("/") || !first.includes("="));
  return isName ? { endpoint: first, pairs: rest } : { endpoint: undefined, pairs: words };
}

/**
 * The named inputs that the words stand for. A name that the endpoint does not know is left to the
 * client, which says which ones there are.
 *
 * @throws UsageError
 */
export function readInputs(
  endpoint: EndpointInfo,
  words: readonly string[],
): Record<string, unknown> {
  const values = new Map<string, unknown[]>();
  for (const pair of words.map(parsePair)) {
    const before = values.get(pair.key) ?? [];
    values.set(pair.key, [...before, valueOf(pair, endpoint)]);
  }
  const inputs: Record<string, unknown> = {};
  for (const [key, given] of values) inputs[key] = joined(key, given, endpoint);
  return inputs;
}

function parsePair(word: string): Pair {
  const [, key, operator, text] = /^([^=]+?)(:=|=@|=)(.*)$/s.exec(word) ?? [];
  if (key === undefined || text === undefined) {
    throw new UsageError(`${JSON.stringify(word)} is not key=value, key:=json or key=@path.`);
  }
  return { key, operator: operator as Pair["operator"], text };
}

function valueOf({ key, operator, text }: Pair, endpoint: EndpointInfo): unknown {
  if (operator === "=@") return handleFile(text);
  if (operator === ":=") return parseJson(key, text);
  const parameter = parameterOf(key, endpoint);
  if (parameter === undefined) return text;
  if (isFile(parameter.tsType)) return handleFile(text);
  const list = listItem(parameter.type);
  // Repeated keys make a list of such items, unless the text is a whole list itself.
  if (list !== undefined && !text.trimStart().startsWith("[")) return typedValue(key, text, list);
  return typedValue(key, text, parameter.type);
}

function parseJson(key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${key}: this is not JSON: ${reason}`, `${key}=text passes a text.`);
  }
}

function joined(key: string, given: readonly unknown[], endpoint: EndpointInfo): unknown {
  const parameter = parameterOf(key, endpoint);
  const takesList = parameter !== undefined && kindsOf(parameter.type).types.has("array");
  if (given.length === 1) return takesList && !Array.isArray(given[0]) ? given : given[0];
  if (takesList) return given;
  throw new UsageError(`${key} was given ${given.length} times, but it takes one value.`);
}

const parameterOf = (key: string, endpoint: EndpointInfo) =>
  endpoint.parameters.find(({ parameterName }) => parameterName === key);

/** A file, or a list of files: a text given for it is a path or an address. */
const isFile = (tsType: string): boolean => /^FileInput(\[\])?( \| null)?$/.test(tsType);

/** The schema of the items, of a schema that takes nothing but a list. */
function listItem(
  schema: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { items } = schema;
  const plain = typeof items === "object" && items !== null && !Array.isArray(items);
  if (!plain || kindsOf(schema).types.size !== 1) return undefined;
  return { ...(schema["$defs"] ? { $defs: schema["$defs"] } : {}), ...items };
}
