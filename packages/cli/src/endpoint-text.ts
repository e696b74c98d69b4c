import type { EndpointInfo, ParameterInfo } from "@gradio-kit/client";

/** One endpoint as a person reads it: what it takes, what it gives, and how it is called. */
export function endpointText(endpoint: EndpointInfo, app: string): string {
  const { apiName, fnIndex, description, parameters, returns, isGenerator } = endpoint;
  const name = apiName ?? String(fnIndex);
  const call = ["gradio-kit predict", word(app), name, ...parameters.map(sample)].join(" ");
  return [
    description ? `${name}: ${description}` : name,
    "",
    "Takes",
    ...table(parameters.map(parameterRow)),
    "",
    isGenerator ? "Gives, value after value" : "Gives",
    ...table(returns.map(({ tsType, label, component }) => [tsType, `${label} (${component})`])),
    "",
    "Call it",
    `  ${call}`,
  ].join("\n");
}

function parameterRow(parameter: ParameterInfo): string[] {
  const { parameterName, tsType, hasDefault, label, component, description } = parameter;
  return [
    parameterName,
    tsType,
    hasDefault ? `= ${JSON.stringify(parameter.default ?? null)}` : "required",
    `${label} (${component})${description ? `: ${description}` : ""}`,
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ["  nothing"];
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd(),
  );
}

/** A value that may be typed for a parameter: its default, else the app's example. */
function sample(parameter: ParameterInfo): string {
  const { parameterName, tsType, hasDefault, example } = parameter;
  if (tsType.startsWith("FileInput")) return `${parameterName}=@file`;
  const value = hasDefault ? parameter.default : example;
  if (typeof value === "string" && !value.startsWith("@")) return word(`${parameterName}=${value}`);
  return word(`${parameterName}:=${JSON.stringify(value ?? null)}`.replace(/:=(-?[\d.]+)$/, "=$1"));
}

/** A word for the shell. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
