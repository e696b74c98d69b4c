import { text } from "@clack/prompts";
import { rangeOf, rangeText } from "../endpoints/parameter-component.js";
import { UsageError } from "../failure/usage-error.js";
import { wordValue } from "../inputs/pair-value.js";
import { kindsOf } from "../inputs/schema-kinds.js";
import { askPassword } from "./password.js";
import { messageOf, type Question } from "./question.js";
import { answered, asking } from "./terminal.js";

/** Anything that is typed: a text, a number, or JSON for what has no question of its own. */
export async function askText(question: Question): Promise<unknown> {
  const { parameter, component, sources, signal } = question;
  if (component?.props["type"] === "password") {
    return await askPassword(messageOf(question), signal);
  }
  const { types } = kindsOf(parameter.type);
  const isJson = (types.has("object") || types.has("array")) && !types.has("string");
  const range = rangeOf(component);
  const kind = isJson ? `JSON, ${parameter.tsType}` : range && rangeText(range);
  const preset = presetOf(parameter.default);
  const typed = answered(
    await text({
      message: messageOf(question, kind),
      ...(preset === undefined ? {} : { initialValue: preset }),
      validate: (value) => problemOf(() => wordValue(parameter, value ?? "", unopened)),
      ...asking(signal),
    }),
  );
  return wordValue(parameter, typed, (path) => sources.file(parameter.parameterName, path));
}

/** While it is typed nothing is opened. */
const unopened = (path: string): string => path;

function presetOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function problemOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
