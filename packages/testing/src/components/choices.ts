import { api, component, type Component, type ComponentOptions } from "../component.js";
import { GradioError } from "../gradio-error.js";

/** A choice: its value, or its label and its value. */
export type Choice = string | number | readonly [label: string, value: string | number];

/** Options of the components that offer choices. */
export interface ChoiceOptions extends ComponentOptions {
  /** What can be chosen. Default: nothing. */
  readonly choices?: readonly Choice[];
  /** Whether values outside `choices` are taken (dropdown only). Default `false`. */
  readonly allowCustomValue?: boolean;
}

/** `gr.Checkbox`: a boolean, `false` unless given. */
export function checkbox(label?: string, options: ComponentOptions = {}): Component<boolean> {
  return component({
    type: "checkbox",
    label,
    options,
    api: api({ type: "boolean" }, "bool"),
    example: true,
    initial: false,
  });
}

/** `gr.Radio`: one of the choices. Another value fails the call. */
export function radio(label?: string, options: ChoiceOptions = {}): Component<string> {
  const values = choiceValues(options);
  return component({
    type: "radio",
    label,
    options,
    api: api({ enum: values, title: "Radio", type: "string" }, literal(values)),
    example: values[0] ?? null,
    props: { choices: choicePairs(options), type: "value" },
    preprocess: (payload) => chosen(payload, values),
  });
}

/** `gr.Dropdown`: one of the choices, the first unless given. */
export function dropdown(label?: string, options: ChoiceOptions = {}): Component<string> {
  const values = choiceValues(options);
  const open = options.allowCustomValue ?? false;
  return component({
    type: "dropdown",
    label,
    options,
    api: open
      ? api({ type: "string" }, "str")
      : api({ type: "string", enum: values }, literal(values)),
    example: values[0] ?? null,
    initial: values[0],
    props: { choices: choicePairs(options), type: "value", allow_custom_value: open },
    preprocess: (payload) => (open ? (payload as string) : chosen(payload, values)),
  });
}

/** `gr.Dropdown(multiselect=True)`: a list of choices, empty unless given. */
export function multiDropdown(label?: string, options: ChoiceOptions = {}): Component<string[]> {
  const values = choiceValues(options);
  return component({
    type: "dropdown",
    label,
    options,
    api: api(
      { type: "array", items: { type: "string", enum: values } },
      `list[${literal(values)}]`,
    ),
    example: values.slice(0, 1),
    initial: [],
    props: { choices: choicePairs(options), type: "value", multiselect: true },
    preprocess: (payload) => chosenList(payload, values),
  });
}

/** `gr.CheckboxGroup`: a list of choices, empty unless given. */
export function checkboxGroup(label?: string, options: ChoiceOptions = {}): Component<string[]> {
  const values = choiceValues(options);
  return component({
    type: "checkboxgroup",
    label,
    options,
    api: api(
      { items: { enum: values, type: "string" }, title: "Checkbox Group", type: "array" },
      `list[${literal(values)}]`,
    ),
    example: values.slice(0, 1),
    initial: [],
    props: { choices: choicePairs(options), type: "value" },
    preprocess: (payload) => chosenList(payload, values),
  });
}

function choicePairs(options: ChoiceOptions): (readonly [string, string | number])[] {
  return (options.choices ?? []).map((choice) =>
    typeof choice === "object" ? choice : [String(choice), choice],
  );
}

function choiceValues(options: ChoiceOptions): (string | number)[] {
  return choicePairs(options).map(([, value]) => value);
}

function literal(values: readonly (string | number)[]): string {
  return `Literal[${values.map((value) => (typeof value === "string" ? `'${value}'` : value)).join(", ")}]`;
}

function chosen(payload: unknown, values: readonly (string | number)[]): string {
  if (payload !== null && !values.includes(payload as string)) {
    const list = values.map((value) => (typeof value === "string" ? `'${value}'` : value));
    throw new GradioError(
      `Value: ${String(payload)} is not in the list of choices: [${list.join(", ")}]`,
    );
  }
  return payload as string;
}

function chosenList(payload: unknown, values: readonly (string | number)[]): string[] {
  return (Array.isArray(payload) ? payload : []).map((item) => chosen(item, values));
}
