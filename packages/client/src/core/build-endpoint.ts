import { findApiEndpoint, type ApiInfo, type ApiParameter, type ApiReturn } from "./api-info.js";
import type { AppConfig, Component, Dependency } from "./config.js";
import type { Endpoint, ParameterInfo, ReturnInfo } from "./endpoint.js";
import { asString, isObject, type JsonObject } from "./json.js";
import { parameterNames } from "./parameter-names.js";
import { tsTypeOf } from "./schema-type.js";

/** Puts together what `/config` and `/info` say of one endpoint. */
export function buildEndpoint(dependency: Dependency, config: AppConfig, info: ApiInfo): Endpoint {
  const inputs = dependency.inputs.map((id) => config.components.get(id));
  const outputs = dependency.outputs.map((id) => config.components.get(id));
  const api = findApiEndpoint(info, dependency.apiName, dependency.fnIndex);
  const shownInputs = visible(inputs);
  const shownOutputs = visible(outputs);
  // `/info` tells of the visible components only, in order. If it counts others than we do, there
  // is no telling which is which.
  const told = api?.parameters.length === shownInputs.length ? api.parameters : [];
  const toldReturns = api?.returns.length === shownOutputs.length ? api.returns : [];
  const names = parameterNames(
    shownInputs.map(({ component, position }, index) => ({
      told: told[index]?.parameterName,
      label: told[index]?.label ?? asString(component?.props["label"]),
      position,
    })),
  );
  return {
    dependency,
    inputs,
    outputs,
    acceptsOAuthToken: api?.oauthToken !== undefined,
    info: {
      apiName: dependency.apiName === undefined ? undefined : `/${dependency.apiName}`,
      fnIndex: dependency.fnIndex,
      description: api?.description,
      visibility: dependency.visibility,
      parameters: shownInputs.map(({ component, position }, index) =>
        buildParameter(
          component,
          dependency.inputs[position],
          names[index] ?? `param_${position}`,
          told[index],
        ),
      ),
      returns: shownOutputs.map(({ component, position }, index) =>
        buildReturn(component, dependency.outputs[position], toldReturns[index]),
      ),
      isGenerator: dependency.generator,
      isQueued: dependency.queue,
      requiresOAuthToken: api?.oauthToken === "required",
    },
  };
}

interface Shown {
  readonly component: Component | undefined;
  /** Its place among all components of the endpoint, hidden ones included. */
  readonly position: number;
}

function visible(components: readonly (Component | undefined)[]): readonly Shown[] {
  return components
    .map((component, position) => ({ component, position }))
    .filter(({ component }) => component?.hidden !== true);
}

function buildParameter(
  component: Component | undefined,
  id: number | undefined,
  parameterName: string,
  told: ApiParameter | undefined,
): ParameterInfo {
  const type = told?.schema ?? component?.inputSchema ?? {};
  const initial = component?.props["value"] ?? undefined;
  // Where the server does not tell, a text box that the app left empty holds "": that is no default.
  const hasDefault = told?.hasDefault ?? (initial !== undefined && initial !== "");
  const preset = told?.hasDefault === undefined ? initial : told.default;
  const nullable = hasDefault && preset === null;
  return {
    parameterName,
    label: labelOf(told, component, `parameter_${id}`),
    component: componentName(told, component),
    type,
    tsType: inputType(type, component?.props["allow_custom_value"] === true, nullable),
    hasDefault,
    default: hasDefault ? preset : undefined,
    example: told?.example ?? undefined,
    description: asString(type["description"]) || undefined,
  };
}

function buildReturn(
  component: Component | undefined,
  id: number | undefined,
  told: ApiReturn | undefined,
): ReturnInfo {
  const type = told?.schema ?? component?.outputSchema ?? {};
  return {
    label: labelOf(told, component, `value_${id}`),
    component: componentName(told, component),
    type,
    tsType: tsTypeOf(type, "output"),
  };
}

function labelOf(
  told: ApiReturn | undefined,
  component: Component | undefined,
  otherwise: string,
): string {
  return told?.label ?? asString(component?.props["label"]) ?? otherwise;
}

function componentName(told: ApiReturn | undefined, component: Component | undefined): string {
  const type = component?.type ?? "";
  return told?.component ?? type.slice(0, 1).toUpperCase() + type.slice(1);
}

/** A Dropdown that takes custom values has the same schema as one that does not. */
function inputType(schema: JsonObject, anyChoice: boolean, nullable: boolean): string {
  const type = anyChoice ? withoutChoices(schema) : schema;
  if (!nullable) return tsTypeOf(type, "input");
  const { $defs, definitions } = type;
  return tsTypeOf({ $defs, definitions, anyOf: [type, { type: "null" }] }, "input");
}

function withoutChoices(schema: JsonObject): JsonObject {
  const { enum: _choices, items, ...rest } = schema;
  return isObject(items) ? { ...rest, items: withoutChoices(items) } : rest;
}
