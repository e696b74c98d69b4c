import type { Client, EndpointInfo, ParameterInfo } from "@gradio-kit/client";
import { listedEndpoints } from "../endpoints/listed-endpoints.js";
import { choicesOf, parameterComponents } from "../endpoints/parameter-component.js";
import { filePlace } from "../inputs/file-place.js";
import { kindsOf } from "../inputs/schema-kinds.js";
import { printable } from "../screen/printable.js";
import type { EndpointDescription, ParameterDescription } from "./app-description.js";

/** What completion needs of an app. */
export function describeEndpoints(client: Client): EndpointDescription[] {
  return listedEndpoints(client).listed.map((info) => {
    const components = parameterComponents(client, info);
    return {
      name: info.apiName ?? String(info.fnIndex),
      about: aboutEndpoint(info),
      parameters: info.parameters.map((parameter, at): ParameterDescription => {
        const choices = choicesOf(components[at]).map(({ value }) => String(value));
        const isFlag = kindsOf(parameter.type).types.has("boolean");
        return {
          name: parameter.parameterName,
          about: aboutParameter(parameter),
          values: choices.length === 0 && isFlag ? ["true", "false"] : choices,
          file: filePlace(parameter.type) !== undefined,
        };
      }),
    };
  });
}

const aboutEndpoint = ({ description }: EndpointInfo): string =>
  oneLine(description?.split("\n")[0] ?? "");

function aboutParameter({ label, component, hasDefault, default: preset }: ParameterInfo): string {
  const value = hasDefault ? ` = ${JSON.stringify(preset ?? null).slice(0, 30)}` : ", required";
  return oneLine(`${label} (${component})${value}`);
}

const oneLine = (text: string): string => printable(text).replace(/\s+/g, " ").slice(0, 80);
