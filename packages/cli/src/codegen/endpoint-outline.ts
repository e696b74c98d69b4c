import type { DescribedEndpoint } from "./endpoint-type.js";
import { quote } from "./literal.js";

/** The lines of one member of the value that an app is compared with at run time. */
export function endpointOutline({ key, info }: DescribedEndpoint): string[] {
  const { parameters, returns } = info;
  const inputs = parameters.map(({ parameterName, tsType, hasDefault }) => {
    const optional = hasDefault ? ", optional: true" : "";
    return `      { name: ${quote(parameterName)}, type: ${quote(tsType)}${optional} },`;
  });
  const outputs = returns.map(({ tsType }) => quote(tsType)).join(", ");
  return [
    `  ${quote(key)}: {`,
    ...(inputs.length === 0 ? ["    inputs: [],"] : ["    inputs: [", ...inputs, "    ],"]),
    `    outputs: [${outputs}],`,
    "  },",
  ];
}
