import type { Client, Component, EndpointInfo, ParameterInfo } from "@gradio-kit/client";
import { colours } from "../screen/colour.js";
import { printable } from "../screen/printable.js";
import { rangeOf, rangeText } from "./parameter-component.js";
import { sampleCall } from "./sample-call.js";
import { table } from "./table.js";

/**
 * Longer types and values are shortened, so that rows fit in most terminals: `--json` has all of
 * them.
 */
function longestCell(): number {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns ? Math.min(72, Math.max(20, Math.floor(columns / 3))) : 72;
}

/** What an app is, above its endpoints. */
export function appHeading({ config, src, spaceId }: Client, count: number): string {
  const paint = colours(process.stdout);
  const name = [config.title, spaceId ?? src, `Gradio ${config.version}`].filter(Boolean);
  return `${paint("bold", printable(name.join(" · ")))}\n${count} endpoint${count === 1 ? "" : "s"}`;
}

/** One endpoint as a person reads it: what it takes, what it gives, and how it is called. */
export function endpointText(
  endpoint: EndpointInfo,
  app: string,
  components: readonly (Component | undefined)[],
): string {
  const paint = colours(process.stdout);
  const { apiName, fnIndex, description, visibility, parameters, returns } = endpoint;
  const name = paint("bold", printable(apiName ?? String(fnIndex)));
  const hidden = visibility === "public" ? "" : ` (${visibility})`;
  const notes = endpoint.requiresOAuthToken ? ["", "Acts for a Hugging Face user."] : [];
  return [
    `${name}${hidden}${description ? `: ${printable(description)}` : ""}`,
    ...notes,
    "",
    paint("dim", "Takes"),
    ...orNothing(table(parameters.map((parameter, at) => row(parameter, components[at])))),
    "",
    paint("dim", endpoint.isGenerator ? "Gives, value after value" : "Gives"),
    ...orNothing(
      table(
        returns.map(({ tsType, label, component }) => [
          typeText(tsType),
          `${label} (${component})`,
        ]),
      ),
    ),
    "",
    paint("dim", "Call it"),
    `  ${printable(sampleCall(endpoint, app))}`,
  ].join("\n");
}

function row(parameter: ParameterInfo, component: Component | undefined): string[] {
  const { parameterName, tsType, hasDefault, label, description } = parameter;
  const range = rangeOf(component);
  const about = [
    `${label} (${parameter.component})`,
    // A schema tells the range once more, in its own words.
    range === undefined ? description?.replace(/\s+/g, " ") : rangeText(range),
  ];
  return [
    parameterName,
    typeText(tsType),
    hasDefault ? `= ${cut(JSON.stringify(parameter.default ?? null))}` : "required",
    about.filter(Boolean).join(", "),
  ];
}

/** The type, in the words of the command line. */
const typeText = (tsType: string): string =>
  cut(tsType.replaceAll(/\b(?:FileInput|GradioFile)\b/g, "file"));

const orNothing = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? ["  nothing"] : lines.map(printable);

function cut(text: string): string {
  const most = longestCell();
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
