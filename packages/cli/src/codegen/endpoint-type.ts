import type { Component, EndpointInfo, ParameterInfo, ReturnInfo } from "@gradio-kit/client";
import { rangeOf, rangeText } from "../endpoints/parameter-component.js";
import { comment } from "./comment.js";
import { propertyName, quote, tupleLabel } from "./literal.js";
import { declaredType, repeatedType } from "./type-text.js";

/** One endpoint, and the components behind its parameters where they are known. */
export interface DescribedEndpoint {
  /** How the file and calls name it. */
  readonly key: string;
  readonly info: EndpointInfo;
  readonly components: readonly (Component | undefined)[];
}

const indent = "  ";
const inner = "    ";
const innermost = "      ";

/** The lines of one member of the app's type. */
export function endpointType({ key, info, components }: DescribedEndpoint): string[] {
  const { parameters, returns, isGenerator } = info;
  return [
    ...comment(aboutEndpoint(info), indent),
    `${indent}readonly ${keyText(key)}: {`,
    ...inputsType(parameters, components),
    `${inner}readonly positional: ${positionalType(key, parameters)};`,
    ...comment([returns.map(aboutReturn).join(", ")], inner),
    `${inner}readonly result: ${resultType(returns)};`,
    `${inner}readonly generator: ${isGenerator};`,
    `${indent}};`,
  ];
}

/** An endpoint without a name is called by its number. */
const keyText = (key: string): string => (/^\d+$/.test(key) ? key : quote(key));

function aboutEndpoint(info: EndpointInfo): string[] {
  const notes = [
    info.isGenerator ? "Yields values: `submit` gives each of them, `predict` the last one." : "",
    info.requiresOAuthToken ? "Acts for a Hugging Face user: pass their `oauthToken`." : "",
    info.visibility === "public" ? "" : `The app does not list it (${info.visibility}).`,
  ].filter((note) => note !== "");
  const about = info.description ?? "";
  return about === "" ? notes : [about, ...(notes.length === 0 ? [] : ["", ...notes])];
}

function inputsType(
  parameters: readonly ParameterInfo[],
  components: readonly (Component | undefined)[],
): string[] {
  if (parameters.length === 0) return [`${inner}readonly inputs: Record<string, never>;`];
  return [
    `${inner}readonly inputs: {`,
    ...parameters.flatMap((parameter, at) => [
      ...comment([aboutParameter(parameter, components[at])], innermost),
      `${innermost}readonly ${propertyName(parameter.parameterName)}${inputType(parameter)};`,
    ]),
    `${inner}};`,
  ];
}

function inputType({ tsType, hasDefault }: ParameterInfo): string {
  if (!hasDefault) return `: ${declaredType(tsType, innermost)}`;
  const type = declaredType(tsType, innermost);
  return `?: ${type}${type.startsWith("\n") ? `\n${innermost}  ` : " "}| undefined`;
}

function aboutParameter(parameter: ParameterInfo, component: Component | undefined): string {
  const { label, hasDefault, description } = parameter;
  const range = rangeOf(component);
  // A schema tells the range once more, in its own words.
  const more = range === undefined ? description : rangeText(range);
  const about = [`${label} (${parameter.component})`, more];
  const said = about.filter(Boolean).join(", ").replace(/\.$/, "");
  const preset = hasDefault ? defaultText(parameter.default) : undefined;
  return preset === undefined ? `${said}.` : `${said}. Default: ${preset}.`;
}

/** Only what is short and the same tomorrow: the app's own files have other addresses by then. */
function defaultText(value: unknown): string | undefined {
  const text = JSON.stringify(value ?? null);
  return typeof value === "object" && value !== null ? undefined : text.slice(0, 80);
}

function positionalType(key: string, parameters: readonly ParameterInfo[]): string {
  // Nothing may be left out before something that may not.
  const lastRequired = parameters.findLastIndex(({ hasDefault }) => !hasDefault);
  const members = parameters.map(({ parameterName, tsType, hasDefault }, at) => {
    const place = `App[${keyText(key)}]["inputs"][${quote(parameterName)}]`;
    const type = repeatedType(tsType, place);
    const label = tupleLabel(parameterName);
    if (!hasDefault) return `${label}: ${type}`;
    return at < lastRequired ? `${label}: ${type} | undefined` : `${label}?: ${type} | undefined`;
  });
  return `readonly [${members.join(", ")}]`;
}

const aboutReturn = ({ label, component }: ReturnInfo): string => `${label} (${component})`;

/** One output gives its value, several a list of them, none an empty one. */
function resultType(returns: readonly ReturnInfo[]): string {
  const [only, ...others] = returns;
  if (only !== undefined && others.length === 0) return declaredType(only.tsType, inner);
  return `[${returns.map(({ label, tsType }) => `${tupleLabel(label)}: ${tsType}`).join(", ")}]`;
}
