import { asArray, asBoolean, asString, isObject, member, type JsonObject } from "./json.js";

/** What an app tells in `/info`, kept as it came: an endpoint is read when somebody asks for it. */
export interface ApiInfo {
  readonly named: JsonObject;
  readonly unnamed: JsonObject;
}

/** One endpoint of `/info`. What the server does not say is `undefined`. */
export interface ApiEndpoint {
  readonly parameters: readonly ApiParameter[];
  readonly returns: readonly ApiReturn[];
  readonly description: string | undefined;
  /** Whether the function takes the token of a Hugging Face user (Gradio 6.21 and later). */
  readonly oauthToken: "required" | "optional" | undefined;
}

export interface ApiReturn {
  readonly label: string | undefined;
  readonly component: string | undefined;
  readonly schema: JsonObject | undefined;
}

export interface ApiParameter extends ApiReturn {
  readonly parameterName: string | undefined;
  readonly hasDefault: boolean | undefined;
  readonly default: unknown;
  readonly example: unknown;
}

/**
 * Reads the answer of `/info`. Apps without a usable one are healthy apps (a newer pydantic below an
 * older Gradio answers 500), so whatever is not understood counts as not said.
 */
export function readApiInfo(raw: unknown): ApiInfo {
  const info = isObject(raw) ? raw : {};
  return { named: objectAt(info, "named_endpoints"), unnamed: objectAt(info, "unnamed_endpoints") };
}

/** What `/info` says of an endpoint: by its name, or by its number (3.x to 4.11). */
export function findApiEndpoint(
  info: ApiInfo,
  name: string | undefined,
  fnIndex: number,
): ApiEndpoint | undefined {
  const raw =
    (name === undefined ? undefined : member(info.named, `/${name}`)) ??
    member(info.unnamed, String(fnIndex));
  if (!isObject(raw) || !Array.isArray(raw["parameters"])) return undefined;
  const token = raw["oauth_token"];
  return {
    parameters: raw["parameters"].map(readParameter),
    returns: asArray(raw["returns"]).map((entry) => readReturn(isObject(entry) ? entry : {})),
    description: asString(raw["description"])?.trim() || undefined,
    oauthToken: token === "required" || token === "optional" ? token : undefined,
  };
}

function readParameter(raw: unknown): ApiParameter {
  const entry = isObject(raw) ? raw : {};
  return {
    ...readReturn(entry),
    parameterName: asString(entry["parameter_name"]),
    hasDefault: asBoolean(entry["parameter_has_default"]),
    default: entry["parameter_default"],
    example: entry["example_input"],
  };
}

function readReturn(entry: JsonObject): ApiReturn {
  const schema = entry["type"];
  return {
    label: asString(entry["label"]),
    component: asString(entry["component"]),
    schema: isObject(schema) ? schema : undefined,
  };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}
