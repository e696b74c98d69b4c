import { choicesOf, rangeOf } from "../endpoints/parameter-component.js";
import { filePlace } from "../inputs/file-place.js";
import { kindsOf } from "../inputs/schema-kinds.js";
import { askChoice } from "./choice.js";
import { askChoices } from "./choices.js";
import { askFile } from "./file.js";
import type { Question } from "./question.js";
import { askNumberInRange } from "./slider.js";
import { askText } from "./text.js";
import { askYesOrNo } from "./yes-or-no.js";

/** Asks for one input, in the way of its component. */
export async function askInput(question: Question): Promise<unknown> {
  const { parameter, component } = question;
  const place = filePlace(parameter.type);
  if (place !== undefined) return await askFile(question, place);
  const { types } = kindsOf(parameter.type);
  const choices = choicesOf(component);
  if (choices.length > 0) {
    return await (types.has("array")
      ? askChoices(question, choices)
      : askChoice(question, choices));
  }
  if (types.has("boolean")) return await askYesOrNo(question);
  const { minimum, maximum, step } = rangeOf(component) ?? {};
  if (minimum !== undefined && maximum !== undefined) {
    return await askNumberInRange(question, { minimum, maximum, step });
  }
  return await askText(question);
}
