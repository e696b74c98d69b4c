import type { Component, ParameterInfo } from "@gradio-kit/client";
import type { Sources } from "../inputs/sources.js";
import { printable } from "../screen/printable.js";

/** One question: which input it is for, and how it is shown in the app. */
export interface Question {
  readonly parameter: ParameterInfo;
  readonly component: Component | undefined;
  readonly sources: Sources;
  readonly signal: AbortSignal;
}

/** How a question reads. */
export function messageOf({ parameter }: Pick<Question, "parameter">, more?: string): string {
  const { parameterName, label } = parameter;
  const name =
    label.toLowerCase() === parameterName.toLowerCase() ? label : `${label} (${parameterName})`;
  return printable(more === undefined ? name : `${name}: ${more}`);
}
