import { ProtocolError } from "../errors.js";
import {
  asArray,
  asBoolean,
  asNumber,
  asString,
  isObject,
  member,
  type JsonObject,
} from "./json.js";
import { describe } from "./source.js";

/** What an app says of itself in `/config`, as far as a program can use it. */
export interface AppConfig {
  /** The version of Gradio that serves the app, such as `"6.31.0"`. */
  readonly version: string;
  /** The dialect of its queue, such as `"sse_v3"`. */
  readonly protocol: string;
  /** The title of its page. */
  readonly title: string | undefined;
  /** `"/gradio_api"` since Gradio 5, `""` before. */
  readonly apiPrefix: string;
  /** The address that the server believes to have; the library uses the one it connected to. */
  readonly root: string | undefined;
  /** Changes with every start of the app. As text: the number does not fit into a double. */
  readonly appId: string | undefined;
  /** The id of the Space, where it runs as one. */
  readonly spaceId: string | undefined;
  /** Largest upload in bytes, where the app has such a limit. */
  readonly maxFileSize: number | undefined;
  /** Whether the app wants to know when a session ends. */
  readonly connectHeartbeat: boolean;
  /** By their ids. */
  readonly components: ReadonlyMap<number, Component>;
  /** In the order of the app. */
  readonly dependencies: readonly Dependency[];
}

/** A component of the app's page. */
export interface Component {
  /** The number by which dependencies name it. */
  readonly id: number;
  /** Gradio's name in lower case, such as `"textbox"`. */
  readonly type: string;
  /** What it was made with, as the app tells it. */
  readonly props: JsonObject;
  /** Whether API clients never see it: State, buttons, layout. */
  readonly hidden: boolean;
  /** The JSON schema of its value as an input, where the server tells it. */
  readonly inputSchema: JsonObject | undefined;
  /** The same for outputs. */
  readonly outputSchema: JsonObject | undefined;
}

/** Whether the app lists an endpoint, lets it be called without listing it, or keeps it to its page. */
export type Visibility = "public" | "undocumented" | "private";

/** One event handler of the app: what an endpoint calls. */
export interface Dependency {
  /** Its number in the app. */
  readonly fnIndex: number;
  /** Its name with the leading slash; `undefined` for those without one. */
  readonly apiName: string | undefined;
  /** Who may see and call it. */
  readonly visibility: Visibility;
  /** The ids of the components that it takes. */
  readonly inputs: readonly number[];
  /** The ids of the components that it gives. */
  readonly outputs: readonly number[];
  /** Whether the queue of the app runs it. */
  readonly queue: boolean;
  /** Whether it may yield several values. */
  readonly generator: boolean;
  /** Whether there is a Python function behind it. */
  readonly callable: boolean;
  /** The functions that it cancels, for an event that does just that. */
  readonly cancels: readonly number[];
  /** `"stream"` for events that are fed chunk by chunk. */
  readonly connection: string;
  /** Positions of inputs that take a component's properties instead of its value (Gradio 6). */
  readonly propertyInputs: readonly number[];
}

/** Component types that carry no value, for servers that do not mark them with `skip_api`. */
const valueless = new Set(
  "state button accordion box column form group interpretation row sidebar tab tabitem tabs dataset timer".split(
    " ",
  ),
);

/**
 * Reads the answer of `/config`; `text` is its source, from which the 64-bit `app_id` is taken.
 *
 * @throws ProtocolError `UNSUPPORTED_VERSION` for what is older than Gradio 3, `UNEXPECTED_MESSAGE`
 *   with the place of what is wrong.
 */
export function readConfig(raw: unknown, text: string): AppConfig {
  if (!isObject(raw)) throw unexpected("config", "an object", raw);
  const version = asString(raw["version"])?.trim() ?? "";
  checkVersion(raw, version);
  const { dependencies } = raw;
  if (!Array.isArray(dependencies)) {
    throw unexpected("config.dependencies", "a list", dependencies);
  }
  const protocol = asString(raw["protocol"]) ?? "ws";
  // Since 4.0 the queue is always there; an app of 3.x says whether it has one.
  const hasQueue = raw["enable_queue"] === true || protocol !== "ws";
  const components = new Map<number, Component>();
  for (const entry of asArray(raw["components"])) {
    const component = readComponent(entry);
    if (component !== undefined) components.set(component.id, component);
  }
  return {
    version,
    protocol,
    title: asString(raw["title"]),
    apiPrefix: readPrefix(raw["api_prefix"]),
    root: asString(raw["root"]) || undefined,
    appId: readAppId(text),
    spaceId: asString(raw["space_id"]) || undefined,
    maxFileSize: asNumber(raw["max_file_size"]),
    connectHeartbeat: raw["connect_heartbeat"] === true,
    components,
    dependencies: dependencies.flatMap((entry, position) =>
      isObject(entry) ? [readDependency(entry, position, hasQueue)] : [],
    ),
  };
}

/** The id of a running app in what it says of itself: a number that no double holds, so as text. */
export function readAppId(text: string): string | undefined {
  const digits = /"app_id":\s*(\d{1,100})(?!\d)/.exec(text)?.[1];
  // A copy: a part of a text holds on to all of it, which may be megabytes.
  return digits === undefined ? undefined : (JSON.parse(`"${digits}"`) as string);
}

/** Gradio 2 has one function with its inputs and outputs, and no `dependencies`. */
function checkVersion(raw: JsonObject, version: string): void {
  const isOld = Object.hasOwn(raw, "allow_flagging") && !Array.isArray(raw["dependencies"]);
  if (!isOld && !/^[012]\./.test(version)) return;
  const found = version === "" ? "Gradio 2 or older" : `Gradio ${version.slice(0, 50)}`;
  throw new ProtocolError(
    "UNSUPPORTED_VERSION",
    `config: the app runs on ${found}; this library speaks to Gradio 3.0 and later.`,
  );
}

/** Addresses are put together from it: it must not lead to another host. */
function readPrefix(value: unknown): string {
  const prefix = asString(value) ?? "";
  if (/^(?:\/[\w.~%-]{1,100}){0,10}\/?$/.test(prefix)) return prefix.replace(/\/$/, "");
  throw unexpected("config.api_prefix", "a path", prefix.slice(0, 50));
}

function unexpected(path: string, wanted: string, value: unknown): ProtocolError {
  const came = typeof value === "string" ? JSON.stringify(value) : describe(value);
  return new ProtocolError(
    "UNEXPECTED_MESSAGE",
    `${path}: the app answers ${came}, not ${wanted}.`,
  );
}

function readComponent(raw: unknown): Component | undefined {
  if (!isObject(raw)) return undefined;
  const id = asNumber(raw["id"]);
  if (id === undefined) return undefined;
  const type = asString(raw["type"]) ?? "";
  const schema = objectOf(raw["api_info"]);
  return {
    id,
    type,
    props: objectOf(raw["props"]) ?? {},
    hidden: asBoolean(raw["skip_api"]) ?? (valueless.has(type) && !isButtonOf3(raw)),
    inputSchema: objectOf(raw["api_info_as_input"]) ?? schema,
    outputSchema: objectOf(raw["api_info_as_output"]) ?? schema,
  };
}

/** In Gradio 3 a button has a value like any other component; only there components have a serializer. */
function isButtonOf3(raw: JsonObject): boolean {
  return raw["type"] === "button" && typeof raw["serializer"] === "string";
}

function readDependency(raw: JsonObject, position: number, hasQueue: boolean): Dependency {
  const name = member(raw, "api_name");
  const visibility = readVisibility(raw, name);
  const types = objectOf(raw["types"]) ?? {};
  const inputs = numbersOf(raw["inputs"]);
  const outputs = numbersOf(raw["outputs"]);
  // Always an event of its own, without inputs and outputs, even where the app wrote it into another.
  const cancels = inputs.length + outputs.length === 0 ? numbersOf(raw["cancels"]) : [];
  return {
    // Since 4.32 the number is `id`, which may have gaps; before, it is the place in the list.
    fnIndex: asNumber(raw["id"]) ?? position,
    apiName: readName(name, visibility),
    visibility,
    inputs,
    outputs,
    queue: asBoolean(raw["queue"]) ?? hasQueue,
    generator: types["generator"] === true,
    callable: raw["backend_fn"] !== false && types["cancel"] !== true && cancels.length === 0,
    cancels,
    connection: asString(raw["connection"]) ?? "sse",
    propertyInputs: numbersOf(raw["component_prop_inputs"]),
  };
}

/** What is public although its name is `false` is called so in `/info`: Gradio 6.0 to 6.17. */
function readName(name: unknown, visibility: Visibility): string | undefined {
  return name === false && visibility === "public" ? "False" : asString(name)?.replace(/^\//, "");
}

/** `api_visibility` since 6.0; before, `api_name: false` refuses and `show_api: false` hides. */
function readVisibility(raw: JsonObject, name: unknown): Visibility {
  const visibility = raw["api_visibility"];
  if (visibility === "public" || visibility === "undocumented" || visibility === "private") {
    return visibility;
  }
  if (name === false) return "private";
  return raw["show_api"] === false ? "undocumented" : "public";
}

function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function numbersOf(value: unknown): readonly number[] {
  return asArray(value).filter((entry) => typeof entry === "number");
}
