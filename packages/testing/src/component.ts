/** A JSON schema as it stands in `/info` and `/config`. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** How Python names the type of a value; `/info` carries it next to the schema. */
export interface PythonType {
  /** Such as `"str"` or `"filepath"`. */
  readonly type: string;
  /** What `/info` says beside it. */
  readonly description: string | null;
}

/** What a component says of its values in one direction. */
export interface ComponentApi {
  /** The JSON schema of a value. */
  readonly schema: JsonSchema;
  /** The same in Python's words. */
  readonly pythonType: PythonType;
}

/** Options that every component factory takes. */
export interface ComponentOptions {
  /** Name of the Python argument. Default: `param_<position>`. */
  readonly name?: string;
  /** Initial value, which is also the parameter's default. Default: none, the input is required. */
  readonly value?: unknown;
  /** `true`: the function's own default is `None`, so the input may be left out. Default `false`. */
  readonly optional?: boolean;
  /** Further properties for `config.components[].props`. */
  readonly props?: Readonly<Record<string, unknown>>;
}

/**
 * One component of the app. Make it with a factory (`textbox`, `file`, …). The same object used in
 * several places is one component with one id, which is how a `state` is shared.
 */
export interface Component<Value = unknown> {
  /** Gradio's type name, all lower case, e.g. `"multimodaltextbox"`. */
  readonly type: string;
  /** What the page shows above it. */
  readonly label: string | undefined;
  /** Name of the Python argument; `undefined`: `param_<position>`. */
  readonly name: string | undefined;
  /** Initial value; `null`: none. */
  readonly value: unknown;
  /** Whether the input may be left out although it has no value. */
  readonly optional: boolean;
  /** Further properties of `config.components[].props`. */
  readonly props: Readonly<Record<string, unknown>>;
  /** True for what API callers never see: State, buttons, layout. */
  readonly skipApi: boolean;
  /** True for State: the server keeps the value, the wire carries `null`. */
  readonly stateful: boolean;
  /** True for JSON: streamed values are replaced whole, never edited. */
  readonly opaque: boolean;
  /** What it takes as an input. */
  readonly input: ComponentApi;
  /** What it gives as an output. */
  readonly output: ComponentApi;
  /** The example value in `/info`. */
  readonly example: unknown;
  /** Turns the wire's value into what `run` receives. Throws what the caller shall see. */
  readonly preprocess: (payload: unknown) => Value;
  /** Turns what `run` returned into the wire's value. */
  readonly postprocess: (value: unknown) => unknown;
}

/** The parts of a component that differ from the common case. */
interface ComponentSpec<Value> {
  type: string;
  label: string | undefined;
  options: ComponentOptions;
  api: ComponentApi;
  outputApi?: ComponentApi;
  example: unknown;
  initial?: unknown;
  props?: Record<string, unknown>;
  skipApi?: boolean;
  stateful?: boolean;
  opaque?: boolean;
  preprocess?: (payload: unknown) => Value;
  postprocess?: (value: unknown) => unknown;
}

/** Builds a component from its differing parts. */
export function component<Value>(spec: ComponentSpec<Value>): Component<Value> {
  const { options } = spec;
  return {
    type: spec.type,
    label: spec.label,
    name: options.name,
    value: options.value === undefined ? (spec.initial ?? null) : options.value,
    optional: options.optional ?? false,
    props: { ...spec.props, ...options.props },
    skipApi: spec.skipApi ?? false,
    stateful: spec.stateful ?? false,
    opaque: spec.opaque ?? false,
    input: spec.api,
    output: spec.outputApi ?? spec.api,
    example: spec.example,
    preprocess: spec.preprocess ?? ((payload) => payload as Value),
    postprocess: spec.postprocess ?? ((value) => value),
  };
}

/** Shorthand for a schema with its Python type. */
export function api(
  schema: JsonSchema,
  python: string,
  description: string | null = "",
): ComponentApi {
  return { schema, pythonType: { type: python, description } };
}
