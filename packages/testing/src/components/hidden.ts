import { api, component, type Component, type ComponentOptions } from "../component.js";

const none = api({}, "Any");

/**
 * `gr.State`: a value the server keeps per session. It never appears in `/info`; the wire carries
 * `null` in its place, whatever a client sends there is ignored.
 *
 * @param value - the value a session starts with; each session gets its own copy
 */
export function state<Value>(value: Value, options: ComponentOptions = {}): Component<Value> {
  return component({
    type: "state",
    label: undefined,
    options: { ...options, value },
    api: none,
    example: null,
    props: { time_to_live: null },
    skipApi: true,
    stateful: true,
  });
}

/** `gr.Button`: takes part in inputs (as its text) but is hidden from the API. */
export function button(text?: string, options: ComponentOptions = {}): Component<string> {
  return component({
    type: "button",
    label: undefined,
    options: { value: text ?? "Run", ...options },
    api: none,
    example: null,
    props: { variant: "secondary", interactive: true },
    skipApi: true,
  });
}

/** A layout block used as an output, e.g. `layout("accordion")`: hidden from the API. */
export function layout(
  type: "accordion" | "column" | "group" | "row" | "tab" | "sidebar",
  label?: string,
  options: ComponentOptions = {},
): Component<unknown> {
  return component({
    type,
    label,
    options,
    api: none,
    example: null,
    props: { visible: true },
    skipApi: true,
  });
}
