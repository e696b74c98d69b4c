import type { ParameterInfo } from "@gradio-kit/client";
import { UsageError } from "../failure/usage-error.js";
import { parseJson } from "./json-text.js";
import { filePlace } from "./file-place.js";
import { isMessage, withFiles } from "./schema-files.js";
import { kindsOf, listItem } from "./schema-kinds.js";
import type { Sources } from "./sources.js";
import { typedValue } from "./typed-value.js";
import type { Pair } from "./words.js";

/**
 * What one `key=value` stands for. Of a parameter that the endpoint does not know nothing can be
 * told: the text is passed on, and the client says which ones there are.
 *
 * @throws UsageError
 */
export async function pairValue(
  { key, operator, text }: Pair,
  parameter: ParameterInfo | undefined,
  sources: Sources,
): Promise<unknown> {
  const open = (path: string): unknown => sources.file(key, path);
  const type = parameter?.type ?? {};
  if (operator === ":=" || operator === ":=@") {
    const json = operator === ":=" ? text : await sources.text(key, text);
    return withFiles(parseJson(key, json, `${key}=text passes a text.`), type, open);
  }
  if (parameter === undefined) return operator === "=@" ? open(text) : text;
  const place = filePlace(type);
  // JSON tells more of a file than where it is: its caption, say.
  const isJson = operator === "=" && /^\s*[[{]/.test(text);
  if (place !== undefined && !isJson) {
    const file = place.wrap(open(text), text);
    return place.several ? [file] : file;
  }
  if (operator === "=") return wordValue(parameter, text, open);
  return isMessage(type) ? open(text) : await textOf(text, parameter, sources);
}

/**
 * The values given for one parameter, as one: a list where it takes a list, the text and the files of
 * a message.
 *
 * @throws UsageError when there are too many.
 */
export function joinValues(
  key: string,
  given: readonly unknown[],
  parameter: ParameterInfo | undefined,
): unknown {
  if (parameter !== undefined && isMessage(parameter.type)) return message(given);
  const place = parameter && filePlace(parameter.type);
  if (place?.several === true) return given.flat();
  const takesList = parameter !== undefined && kindsOf(parameter.type).types.has("array");
  if (given.length === 1) return takesList && !Array.isArray(given[0]) ? given : given[0];
  if (takesList) return given;
  const what = place === undefined ? "value" : "file";
  throw new UsageError(`${key} was given ${given.length} times, but it takes one ${what}.`);
}

/** A typed word, where one item of a list may stand alone; in JSON `open` makes files of paths. */
export function wordValue(
  { parameterName, type }: ParameterInfo,
  text: string,
  open: (path: string) => unknown,
): unknown {
  if (isMessage(type) && !text.trimStart().startsWith("{")) return text;
  const list = listItem(type);
  // Repeated keys make a list of such items, unless the text is a whole list itself.
  const schema = list !== undefined && !text.trimStart().startsWith("[") ? list : type;
  const value = typedValue(parameterName, text, schema);
  return typeof value === "object" ? withFiles(value, schema, open) : value;
}

/** The content of a file, as what the parameter takes: a text to the letter. */
async function textOf(path: string, parameter: ParameterInfo, sources: Sources): Promise<unknown> {
  const text = await sources.text(parameter.parameterName, path);
  const { types } = kindsOf(parameter.type);
  if (types.has("string")) return text;
  // What is typed otherwise does not mean the end of its line.
  return wordValue(parameter, text.trim(), (file) => sources.file(parameter.parameterName, file));
}

function message(given: readonly unknown[]): unknown {
  const texts = given.filter((value) => typeof value === "string");
  const [whole] = given;
  if (given.length === 1 && typeof whole === "object" && !isFile(whole)) return whole;
  return { text: texts.join("\n"), files: given.filter(isFile) };
}

const isFile = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !("text" in value) && !("files" in value);
