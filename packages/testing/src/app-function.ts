import type { Component } from "./component.js";
import type { Endpoint } from "./endpoint.js";

/** A component with its id in this app. */
export interface PlacedComponent {
  readonly id: number;
  readonly component: Component;
}

/** One dependency of the app: an endpoint with its number, its components and its statistics. */
export interface AppFunction {
  /** `fn_index` on the wire. */
  readonly index: number;
  readonly apiName: string;
  readonly endpoint: Endpoint;
  readonly inputs: readonly PlacedComponent[];
  readonly outputs: readonly PlacedComponent[];
  /** Names of the inputs' Python arguments, in order. */
  readonly parameterNames: readonly string[];
  /** Id of the button whose click fires it. */
  readonly buttonId: number;
  /** Steps run so far and the seconds they took: the source of `average_duration`. */
  readonly runtime: { seconds: number; steps: number };
}

/** The functions and components of one app, numbered. */
export interface AppBlocks {
  readonly functions: ReadonlyMap<number, AppFunction>;
  readonly components: readonly PlacedComponent[];
  readonly buttons: readonly { id: number; text: string }[];
}

/** Names that Gradio's clients use themselves and that the server therefore renames. */
const reservedNames = new Set(["api_name", "fn_index", "result_callbacks"]);

/** Numbers the components and functions of an app in the order they are given. */
export function placeBlocks(endpoints: readonly Endpoint[]): AppBlocks {
  const placed = new Map<Component, PlacedComponent>();
  const buttons: { id: number; text: string }[] = [];
  const functions = new Map<number, AppFunction>();
  const names = new Map<string, number>();
  let nextId = 1;

  const place = (component: Component): PlacedComponent => {
    const known = placed.get(component);
    if (known) return known;
    const fresh = { id: nextId, component };
    nextId += 1;
    placed.set(component, fresh);
    return fresh;
  };

  for (const endpoint of endpoints) {
    const inputs = endpoint.inputs.map(place);
    const outputs = endpoint.outputs.map(place);
    const repeats = names.get(endpoint.apiName) ?? 0;
    names.set(endpoint.apiName, repeats + 1);
    const apiName = repeats === 0 ? endpoint.apiName : `${endpoint.apiName}_${repeats}`;
    const buttonId = nextId;
    nextId += 1;
    buttons.push({ id: buttonId, text: apiName });
    const index = functions.size;
    functions.set(index, {
      index,
      apiName,
      endpoint,
      inputs,
      outputs,
      parameterNames: inputs.map(({ component }, position) => parameterName(component, position)),
      buttonId,
      runtime: { seconds: 0, steps: 0 },
    });
  }
  return { functions, components: [...placed.values()], buttons };
}

function parameterName(component: Component, position: number): string {
  const { name } = component;
  return name === undefined || reservedNames.has(name) ? `param_${position}` : name;
}
