import { multiselect } from "@clack/prompts";
import type { Client, EndpointInfo, ParameterInfo } from "@gradio-kit/client";
import { parameterComponents } from "../endpoints/parameter-component.js";
import { openParameters } from "../inputs/read-inputs.js";
import type { Sources } from "../inputs/sources.js";
import { printable } from "../screen/printable.js";
import { askInput } from "./ask-input.js";
import { messageOf } from "./question.js";
import { answered, asking } from "./terminal.js";

/**
 * Asks for every input that is needed and was not given, then which of the others are not to keep
 * their default. Asks nothing when nothing is missing.
 *
 * @throws Interrupted when it was left.
 */
export async function askMissing(
  client: Client,
  endpoint: EndpointInfo,
  inputs: Record<string, unknown>,
  { sources, signal }: { readonly sources: Sources; readonly signal: AbortSignal },
): Promise<Record<string, unknown>> {
  const open = openParameters(endpoint, inputs);
  const needed = open.filter(({ hasDefault }) => !hasDefault);
  if (needed.length === 0) return inputs;
  const components = parameterComponents(client, endpoint);
  const answers: Record<string, unknown> = { ...inputs };
  const ask = async (parameter: ParameterInfo): Promise<void> => {
    const component = components[endpoint.parameters.indexOf(parameter)];
    answers[parameter.parameterName] = await askInput({ parameter, component, sources, signal });
  };
  for (const parameter of needed) await ask(parameter);
  const others = open.filter(({ hasDefault }) => hasDefault);
  for (const parameter of await askWhich(others, signal)) await ask(parameter);
  return answers;
}

async function askWhich(
  others: readonly ParameterInfo[],
  signal: AbortSignal,
): Promise<readonly ParameterInfo[]> {
  if (others.length === 0) return [];
  const names = answered(
    await multiselect({
      message: "Anything else? (Enter: the rest keeps its default)",
      options: others.map((parameter) => ({
        value: parameter.parameterName,
        label: messageOf({ parameter }),
        hint: printable(JSON.stringify(parameter.default ?? null)).slice(0, 60),
      })),
      required: false,
      ...asking(signal),
    }),
  );
  return others.filter(({ parameterName }) => names.includes(parameterName));
}
