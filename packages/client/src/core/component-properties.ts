import type { Component } from "./config.js";
import type { Endpoint } from "./endpoint.js";
import { isObject } from "./json.js";

/**
 * Whether an input wants its component's properties around the value: Gradio 6, where the function
 * declares a parameter as the component itself (`def run(box: gr.Textbox)`). `/info` does not say so,
 * and a bare value fails with "'str' object has no attribute 'get'".
 */
export function isPropertyInput(endpoint: Endpoint, position: number): boolean {
  return endpoint.dependency.propertyInputs.includes(position);
}

/**
 * The properties of a component with a value of the caller. `undefined` leaves the component's own.
 * A caller who marks an object as an update (`{ __type__: "update", value, … }`) sets other
 * properties too.
 */
export function withProperties(component: Component | undefined, value: unknown): unknown {
  const properties = { ...component?.props };
  if (value === undefined) return properties;
  if (isObject(value) && value["__type__"] === "update" && Object.hasOwn(value, "value")) {
    const { __type__: _mark, ...changes } = value;
    return { ...properties, ...changes };
  }
  return { ...properties, value };
}
