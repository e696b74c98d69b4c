import { autocompleteMultiselect, multiselect } from "@clack/prompts";
import type { Choice } from "../endpoints/parameter-component.js";
import { messageOf, type Question } from "./question.js";
import { answered, asking } from "./terminal.js";

/** More than these are found by typing. */
const mostShown = 12;

/** Any of the choices of a CheckboxGroup or a Dropdown that takes several. */
export async function askChoices(
  question: Question,
  choices: readonly Choice[],
): Promise<(string | number)[]> {
  const { parameter, signal } = question;
  const preset = Array.isArray(parameter.default) ? parameter.default : [];
  const settings = {
    message: messageOf(question),
    options: choices.map(({ label }, value) => ({ label, value })),
    initialValues: [...choices.keys()].filter((at) => preset.includes(choices[at]?.value)),
    required: false,
    ...asking(signal),
  };
  const many = choices.length > mostShown;
  const chosen = answered(
    await (many
      ? autocompleteMultiselect({ ...settings, maxItems: mostShown })
      : multiselect(settings)),
  );
  return chosen.map((at) => (choices[at] as Choice).value);
}
