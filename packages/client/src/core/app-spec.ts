/** The endpoints of an app, for typed calls: `gradio-kit codegen` writes one. */
export type AppSpec = Readonly<Record<string, EndpointSpec>>;

/** What one endpoint takes and gives. */
export interface EndpointSpec {
  /** Named inputs; optional ones have a default in the app. */
  readonly inputs: object;
  /** The same by position. */
  readonly positional: readonly unknown[];
  /** What a call gives: the value of one output, a list of several, `[]` for none. */
  readonly result: unknown;
  /** Whether it may yield several values. */
  readonly generator?: boolean;
}

/** An app about which nothing is known at compile time: every call gives `unknown`. */
export type OpenApp = Readonly<Record<never, EndpointSpec>>;

/** The names of an app's endpoints; of those without one the number. */
export type EndpointName<App extends AppSpec> = keyof App & (string | number);

/** Inputs by name or by position. */
export type Inputs = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * What follows the name of an endpoint in a call: its inputs, which may be left out where each of
 * them has a default, and the options.
 */
export type CallArguments<Spec extends EndpointSpec, Options> =
  Record<never, never> extends Spec["inputs"]
    ? [inputs?: Spec["inputs"] | Spec["positional"] | undefined, options?: Options]
    : [inputs: Spec["inputs"] | Spec["positional"], options?: Options];

/**
 * How an endpoint is named whose types nobody knows: any way in an open app; in a typed one by its
 * number only, so that a wrong name or input does not slip through.
 */
export type OpenEndpoint<App extends AppSpec> = [keyof App] extends [never]
  ? string | number
  : [keyof App & number] extends [never]
    ? number
    : never;

/** The inputs of a call that names no endpoint: of an open app any, of a typed one those of its only one. */
export type SoleInputs<App extends AppSpec> = [keyof App] extends [never]
  ? Inputs
  : IsUnion<keyof App> extends true
    ? never
    : App[keyof App]["inputs"] | App[keyof App]["positional"];

/** The result of such a call. */
export type SoleResult<App extends AppSpec> = [keyof App] extends [never]
  ? unknown
  : App[keyof App]["result"];

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;
