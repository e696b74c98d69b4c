import type { Client, Component, EndpointInfo } from "@gradio-kit/client";
import { printable } from "../screen/printable.js";

/**
 * The components behind the parameters of an endpoint, in order: they know more than a schema does
 * (the ends of a slider, the names of choices).
 */
export function parameterComponents(
  client: Client,
  endpoint: EndpointInfo,
): readonly (Component | undefined)[] {
  const { dependencies, components } = client.config;
  const inputs = dependencies.find(({ fnIndex }) => fnIndex === endpoint.fnIndex)?.inputs ?? [];
  const shown = inputs.map((id) => components.get(id)).filter((found) => found?.hidden !== true);
  return shown.length === endpoint.parameters.length ? shown : [];
}

/** A value that may be chosen, and how the app shows it. */
export interface Choice {
  readonly label: string;
  readonly value: string | number;
}

/** What a component offers to choose from; nothing where any value may be given. */
export function choicesOf(component: Component | undefined): readonly Choice[] {
  const { choices, allow_custom_value: open } = component?.props ?? {};
  if (!Array.isArray(choices) || open === true) return [];
  return choices.flatMap((choice: unknown): Choice[] => {
    const [label, value] = Array.isArray(choice) ? [choice[0], choice[1]] : [choice, choice];
    const usable = typeof value === "string" || typeof value === "number";
    return usable ? [{ label: printable(String(label)), value }] : [];
  });
}

/** The ends of a slider or of a number field, where the app sets them. */
export interface NumberRange {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly step: number | undefined;
}

/** The range of a component that takes numbers; `undefined` where there is none. */
export function rangeOf(component: Component | undefined): NumberRange | undefined {
  const { minimum, maximum, step } = component?.props ?? {};
  const range = { minimum: number(minimum), maximum: number(maximum), step: number(step) };
  return range.minimum === undefined && range.maximum === undefined ? undefined : range;
}

const number = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;

/** A range in words: `0 to 10, step 0.5`. */
export function rangeText({ minimum, maximum, step }: NumberRange): string {
  const ends =
    minimum === undefined
      ? `at most ${maximum}`
      : maximum === undefined
        ? `at least ${minimum}`
        : `${minimum} to ${maximum}`;
  return step === undefined ? ends : `${ends}, step ${step}`;
}
