import { InputError } from "../errors.js";
import { endpointName } from "./arguments.js";
import { findBareFile } from "./bare-files.js";
import { isPropertyInput } from "./component-properties.js";
import type { Endpoint } from "./endpoint.js";
import { isObject } from "./json.js";
import { findJsonProblem, type Path } from "./json-problem.js";
import { propertyName, quote } from "./literal.js";

/**
 * Checks the bound values of a call: nothing that JSON cannot carry, and no bare string where the app
 * wants a file. It never refuses what a server would take.
 *
 * @param isFileLike tells what is sent as a file: it is fine wherever it stands.
 * @throws InputError `INVALID_ARGUMENT`, with the parameter and the place inside it.
 */
export function checkValues(
  endpoint: Endpoint,
  data: readonly unknown[],
  isFileLike: (value: object) => boolean,
): void {
  const { inputs } = endpoint;
  let next = 0;
  for (const [index, { parameterName, type }] of endpoint.info.parameters.entries()) {
    while (inputs[next]?.hidden === true) next += 1;
    const position = next < inputs.length ? next : index;
    next += 1;
    const bound = data[position];
    const value = isPropertyInput(endpoint, position) && isObject(bound) ? bound["value"] : bound;
    const refuse = (path: Path, problem: string): InputError =>
      new InputError(
        "INVALID_ARGUMENT",
        `${endpointName(endpoint)}: ${parameterName}${placeOf(path)} ${problem}`,
      );
    const problem = findJsonProblem(value, isFileLike);
    if (problem !== undefined) throw refuse(problem.path, problem.text);
    const bare = findBareFile(type, value);
    if (bare !== undefined) throw refuse(bare, bareFile(valueAt(value, bare)));
  }
}

function bareFile(value: unknown): string {
  const source = typeof value === "string" && value.length <= 100 ? quote(value) : "…";
  return `takes a file, not a ${typeof value}: pass handleFile(${source}).`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function placeOf(path: Path): string {
  const keys = path.map((key) => (typeof key === "number" ? `[${key}]` : keyPlace(key)));
  return keys.length > 12 ? `${keys.slice(0, 12).join("")}…` : keys.join("");
}

function keyPlace(key: string): string {
  const name = propertyName(key.slice(0, 100));
  return name.startsWith('"') ? `[${name}]` : `.${name}`;
}

/**
 * A request body as JSON. Numbers without a finite value are written as `NaN`, `Infinity` and
 * `-Infinity`, which Python reads as such; `JSON.stringify` would make them `null`.
 */
export function encodeJson(value: unknown): string {
  try {
    const text = JSON.stringify(value);
    // Only `null` can stand for such a number: without one there was none.
    return text.includes("null") && hasNonFinite(value) ? (write(value, "") ?? "null") : text;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      "INVALID_ARGUMENT",
      `The call cannot be written as JSON: ${reason}`,
      cause,
    );
  }
}

function hasNonFinite(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (Array.isArray(value)) return value.some(hasNonFinite);
  return isObject(value) && Object.values(value).some(hasNonFinite);
}

/** `JSON.stringify`, member by member. `undefined`: nothing is written. */
function write(raw: unknown, key: string): string | undefined {
  const value = isObject(raw) && typeof raw["toJSON"] === "function" ? raw["toJSON"](key) : raw;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, String(index)) ?? "null").join(",")}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = write(member, name);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return `{${members.join(",")}}`;
}
