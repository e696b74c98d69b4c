import { autocomplete, select } from "@clack/prompts";
import type { Choice } from "../endpoints/parameter-component.js";
import { messageOf, type Question } from "./question.js";
import { answered, asking } from "./terminal.js";

/** More than these are found by typing. */
const mostShown = 12;

/** One of the choices of a Dropdown or Radio. */
export async function askChoice(
  question: Question,
  choices: readonly Choice[],
): Promise<string | number> {
  const { parameter, signal } = question;
  const preset = choices.findIndex(({ value }) => value === parameter.default);
  const settings = {
    message: messageOf(question),
    options: choices.map(({ label }, value) => ({ label, value })),
    ...(preset < 0 ? {} : { initialValue: preset }),
    ...asking(signal),
  };
  const many = choices.length > mostShown;
  const at = answered(
    await (many ? autocomplete({ ...settings, maxItems: mostShown }) : select(settings)),
  );
  return (choices[at] as Choice).value;
}
