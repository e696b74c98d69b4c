/** The endpoints of an app, for typed calls. */
export type AppSpec = Readonly<Record<string, EndpointSpec>>;

/** What one endpoint takes and gives. */
export interface EndpointSpec {
  /** Named inputs; optional ones have a default in the app. */
  readonly inputs: object;
  /** The same by position. */
  readonly positional: readonly unknown[];
  /** What a call gives: the value of one output, a list of several, `[]` for none. */
  readonly result: unknown;
}

/** An app about which nothing is known at compile time: every call gives `unknown`. */
export type OpenApp = Readonly<Record<never, EndpointSpec>>;

/** The names of an app's endpoints. */
export type EndpointName<App extends AppSpec> = keyof App & string;

/** Inputs by name or by position. */
export type Inputs = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * How an endpoint is named whose types nobody knows: any way in an open app; in a typed one by its
 * number only, so that a wrong name or input does not slip through.
 */
export type OpenEndpoint<App extends AppSpec> = [EndpointName<App>] extends [never]
  ? string | number
  : number;
