import { InputError } from "../errors.js";
import { isPropertyInput, withProperties } from "./component-properties.js";
import type { Endpoint, ParameterInfo } from "./endpoint.js";
import { isObject, type JsonObject } from "./json.js";
import { suggest } from "./nearest.js";
import { describe } from "./source.js";

/**
 * Turns the inputs of a call, named or positional, into the array that the server wants: one value
 * for each input of the endpoint, `null` where callers see none. Defaults are filled in; what the
 * caller passed is never changed.
 *
 * @throws InputError `MISSING_ARGUMENT`, `UNKNOWN_ARGUMENT`, `TOO_MANY_ARGUMENTS` or `INVALID_ARGUMENT`.
 */
export function bindArguments(endpoint: Endpoint, inputs: unknown): unknown[] {
  const given = givenValues(endpoint, inputs);
  const { parameters } = endpoint.info;
  let next = 0;
  return endpoint.inputs.map((component, position) => {
    if (component?.hidden === true) {
      return isPropertyInput(endpoint, position) ? withProperties(component, undefined) : null;
    }
    const parameter = parameters[next];
    const value = fill(endpoint, parameter, given[next]);
    next += 1;
    return isPropertyInput(endpoint, position) ? withProperties(component, value) : value;
  });
}

/** How messages call an endpoint. */
export function endpointName(endpoint: Endpoint): string {
  return endpoint.info.apiName ?? `endpoint ${endpoint.info.fnIndex}`;
}

function givenValues(endpoint: Endpoint, inputs: unknown): readonly unknown[] {
  if (inputs === undefined) return [];
  if (Array.isArray(inputs)) return positional(endpoint, inputs);
  if (isObject(inputs) && isPlain(inputs)) return named(endpoint, inputs);
  throw new InputError(
    "INVALID_ARGUMENT",
    `${endpointName(endpoint)}: inputs are an object of named values or an array, not ${describe(inputs)}${isObject(inputs) ? " of a class" : ""}.`,
  );
}

function positional(endpoint: Endpoint, values: readonly unknown[]): readonly unknown[] {
  const most = endpoint.info.parameters.length;
  if (values.length <= most) return values;
  // A value for every input, hidden ones included: what a server's own examples look like.
  if (values.length === endpoint.inputs.length) {
    return values.filter((_, position) => endpoint.inputs[position]?.hidden !== true);
  }
  throw new InputError(
    "TOO_MANY_ARGUMENTS",
    `${endpointName(endpoint)} takes ${most === 0 ? "no arguments" : `at most ${most} argument${most === 1 ? "" : "s"}`}, ${values.length} were given.`,
  );
}

function named(endpoint: Endpoint, values: JsonObject): readonly unknown[] {
  const names = endpoint.info.parameters.map(({ parameterName }) => parameterName);
  const unknown = Object.keys(values).find(
    (name) => values[name] !== undefined && !names.includes(name),
  );
  if (unknown !== undefined) {
    throw new InputError(
      "UNKNOWN_ARGUMENT",
      `${endpointName(endpoint)} has no parameter ${JSON.stringify(unknown.slice(0, 200))}.${suggest(unknown, names)}`,
    );
  }
  return names.map((name) => (Object.hasOwn(values, name) ? values[name] : undefined));
}

function fill(endpoint: Endpoint, parameter: ParameterInfo | undefined, value: unknown): unknown {
  if (value !== undefined || parameter === undefined) return value;
  if (parameter.hasDefault) return parameter.default ?? null;
  throw new InputError(
    "MISSING_ARGUMENT",
    `${endpointName(endpoint)}: ${parameter.parameterName} (${parameter.label}) is required.`,
  );
}

/** A literal, wherever it was made: its prototype, if any, is the end of the chain. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
