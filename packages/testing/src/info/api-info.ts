import type { AppBlocks, AppFunction, PlacedComponent } from "../app-function.js";

/** The answer of `/info`: what can be called, and with what. */
export function apiInfo(blocks: AppBlocks, allEndpoints: boolean): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const fn of blocks.functions.values()) {
    const { apiVisibility } = fn.endpoint;
    if (apiVisibility === "private") continue;
    if (apiVisibility === "undocumented" && !allEndpoints) continue;
    named[`/${fn.apiName}`] = endpointInfo(fn);
  }
  return { named_endpoints: named, unnamed_endpoints: {} };
}

/** One parameter of an endpoint. */
export interface ParameterInfo {
  readonly label: string;
  readonly parameter_name: string;
  readonly parameter_has_default: boolean;
  readonly parameter_default: unknown;
  readonly [field: string]: unknown;
}

/** The parameters of an endpoint as callers see them: State and the like are left out. */
export function parametersOf(fn: AppFunction): ParameterInfo[] {
  return fn.inputs.flatMap((input, position) => {
    const { component } = input;
    if (component.skipApi) return [];
    return [
      {
        label: component.label ?? `parameter_${input.id}`,
        parameter_name: fn.parameterNames[position] as string,
        parameter_has_default: component.value !== null || component.optional,
        parameter_default: component.value,
        type: component.input.schema,
        python_type: component.input.pythonType,
        component: componentName(input),
        example_input: component.example,
      },
    ];
  });
}

function endpointInfo(fn: AppFunction): Record<string, unknown> {
  const { apiVisibility, description, oauthToken } = fn.endpoint;
  return {
    parameters: parametersOf(fn),
    returns: fn.outputs.filter(({ component }) => !component.skipApi).map(returnInfo),
    api_visibility: apiVisibility,
    description,
    ...(oauthToken !== undefined && { oauth_token: oauthToken }),
  };
}

function returnInfo(output: PlacedComponent): Record<string, unknown> {
  const { component } = output;
  return {
    label: component.label ?? `value_${output.id}`,
    type: component.output.schema,
    python_type: component.output.pythonType,
    component: componentName(output),
  };
}

// Python's str.capitalize(): `multimodaltextbox` becomes `Multimodaltextbox`.
function componentName({ component: { type } }: PlacedComponent): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
