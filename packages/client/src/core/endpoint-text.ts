import { commentLine } from "./comment.js";
import type { EndpointInfo, ParameterInfo, ReturnInfo } from "./endpoint.js";
import { holdsServerFile, literalKey, literalOf, quote } from "./literal.js";

/** Longer types are told in the comment only. */
const longestResult = 80;
/** Longer calls are broken into a line for each argument. */
const lineLength = 100;

/** One endpoint as code. */
export interface EndpointText {
  /** All that is known of it. */
  readonly comment: string;
  /** A statement that calls it. */
  readonly call: string;
}

/** Writes one endpoint as code that can be pasted. */
export function renderEndpoint(info: EndpointInfo): EndpointText {
  const comment = commentOf(info).map((line) => ` *${line === "" ? "" : ` ${line}`}`);
  return { comment: ["/**", ...comment, " */"].join("\n"), call: callOf(info) };
}

function commentOf(info: EndpointInfo): readonly string[] {
  const name = commentLine(info.apiName ?? `Endpoint ${info.fnIndex}`);
  const lines = [info.visibility === "public" ? name : `${name} (${info.visibility})`];
  for (const line of (info.description ?? "").split("\n").slice(0, 20)) {
    const text = commentLine(line);
    if (text !== "") lines.push(text);
  }
  if (info.isGenerator) {
    const name = quoted(info);
    lines.push(
      `Yields values: for await (const value of client.submit(${commentLine(name)}, …)) …`,
    );
  }
  if (info.requiresOAuthToken) lines.push("Acts for a Hugging Face user: pass their oauthToken.");
  lines.push("", "Parameters:", ...orNone(info.parameters.map(parameterLine)));
  lines.push("", "Returns:", ...orNone(info.returns.map(returnLine)));
  return lines;
}

function parameterLine(parameter: ParameterInfo): string {
  const { parameterName, component, label, tsType, hasDefault, description } = parameter;
  const preset = holdsServerFile(parameter.default)
    ? "a file of the app"
    : literalOf(parameter.default);
  const need = hasDefault ? `default: ${preset}` : "required";
  const about = [`[${component}] ${label}`, description ?? "", need].filter(Boolean).join("; ");
  return commentLine(`- ${parameterName}: ${shortType(tsType)} — ${about}`, 900);
}

function returnLine({ component, label, tsType }: ReturnInfo): string {
  return commentLine(`- ${shortType(tsType)} — [${component}] ${label}`, 900);
}

/** The beginning of a type that nobody would read to its end: what follows it must not be lost. */
function shortType(type: string): string {
  return commentLine(type, 500);
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ["- none"] : lines;
}

function quoted({ apiName, fnIndex }: EndpointInfo): string {
  return apiName === undefined ? String(fnIndex) : quote(apiName);
}

function callOf(info: EndpointInfo): string {
  const given = [...new Map(info.parameters.flatMap(argumentOf))].map(
    ([key, value]) => `${key}: ${value}`,
  );
  const options = info.requiresOAuthToken ? ', { oauthToken: "hf_…" }' : "";
  const start = `await client.predict${resultOf(info)}(${quoted(info)}, `;
  const line = `${start}{ ${given.join(", ")} }${options});`;
  if (given.length === 0) {
    return options === "" ? `${start.slice(0, -2)});` : `${start}{}${options});`;
  }
  if (line.length <= lineLength) return line;
  return `${start}{\n${given.map((argument) => `  ${argument},\n`).join("")}}${options});`;
}

/** One member of the inputs; nothing where the app's own default serves better. */
function argumentOf(parameter: ParameterInfo): readonly (readonly [string, string])[] {
  const { parameterName, hasDefault, example } = parameter;
  const usable = [hasDefault ? parameter.default : undefined, example].find(
    (value) => value !== undefined && !holdsServerFile(value),
  );
  if (usable === undefined && hasDefault) return [];
  const value = usable === undefined ? sampleOf(parameter) : literalOf(usable);
  return [[literalKey(parameterName), value]];
}

/** Something of the right kind, for an app that gives no example. */
function sampleOf({ tsType }: ParameterInfo): string {
  if (tsType.includes("FileInput")) {
    const file = 'handleFile("https://example.com/file")';
    return tsType.endsWith("[]") ? `[${file}]` : file;
  }
  if (tsType.endsWith("[]")) return "[]";
  const samples: Readonly<Record<string, string>> = {
    string: '"Hello!"',
    number: "1",
    boolean: "true",
  };
  return /^"(?:[^"\\]|\\.)*"/.exec(tsType)?.[0] ?? samples[tsType] ?? "null";
}

function resultOf({ returns }: EndpointInfo): string {
  const [only, ...others] = returns.map(({ tsType }) => tsType);
  const type = others.length > 0 ? `[${[only, ...others].join(", ")}]` : (only ?? "unknown");
  return type === "unknown" || type.length > longestResult ? "" : `<${type}>`;
}
