import { confirm } from "@clack/prompts";
import { messageOf, type Question } from "./question.js";
import { answered, asking } from "./terminal.js";

/** A Checkbox. */
export async function askYesOrNo(question: Question): Promise<boolean> {
  const { parameter, signal } = question;
  const initialValue = parameter.default === true;
  return answered(await confirm({ message: messageOf(question), initialValue, ...asking(signal) }));
}
