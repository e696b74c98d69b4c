import type { Component } from "./component.js";
import type { RunContext } from "./run/run-context.js";

/** The value that `run` receives for each component of a list. */
export type ComponentValues<Components extends readonly Component[]> = {
  -readonly [Position in keyof Components]: Components[Position] extends Component<infer Value>
    ? Value
    : never;
};

/** How one function of the app is defined; pass it to `endpoint`. */
export interface EndpointOptions<Inputs extends readonly Component[]> {
  /** Name without slash. Repeated names get `_1`, `_2`, … */
  readonly apiName: string;
  /** Text for `/info`. Default `""`. */
  readonly description?: string;
  /** Default `"public"`. The server enforces nothing, just like Gradio. */
  readonly apiVisibility?: "public" | "undocumented" | "private";
  /** `false`: clients are told to call `/run` instead of the queue. Default `true`. */
  readonly queue?: boolean;
  /** How many calls run at once; `null` for no limit. Default 1. */
  readonly concurrencyLimit?: number | null;
  /** Functions with the same id share one queue and its limit. Default: one of its own. */
  readonly concurrencyId?: string;
  /** `run` gets a list per input and returns a list per output. Default `false`. */
  readonly batch?: boolean;
  /** Most calls handed to one batch. Default 4. */
  readonly maxBatchSize?: number;
  /** Whether the function takes `gr.OAuthToken`; shown in `/info`. Default: it does not. */
  readonly oauthToken?: "required" | "optional";
  /** Whether the function looks at the payload of the UI event. Default `false`. */
  readonly collectsEventData?: boolean;
  /** The components whose values `run` gets, in order; a `state` as well. */
  readonly inputs: Inputs;
  /** The components that take what `run` returns, in order. */
  readonly outputs: readonly Component[];
  /**
   * The function: inputs in order, then the context. Returns the output, or an array when there
   * are several outputs. A generator streams what it yields.
   */
  readonly run: (
    ...parameters: [...values: ComponentValues<Inputs>, context: RunContext]
  ) => unknown;
  /**
   * Checks inputs before the call joins the queue: one `validate(…)` for a single input, a list
   * otherwise. A rejection answers the join with 422; a throw answers it with 400.
   */
  readonly validator?: (
    ...parameters: [...values: ComponentValues<Inputs>, context: RunContext]
  ) => unknown;
}

/** One function of the app, made by `endpoint`. */
export interface Endpoint {
  /** Name without slash; the server adds `_1`, `_2`, … to a repeated one. */
  readonly apiName: string;
  /** Text for `/info`; may be empty. */
  readonly description: string;
  /** What `/info` and clients make of it. */
  readonly apiVisibility: "public" | "undocumented" | "private";
  /** Whether clients are told to call it through the queue. */
  readonly queue: boolean;
  /** How many calls run at once; `null`: any number. */
  readonly concurrencyLimit: number | null;
  /** Functions with the same id share one queue; `undefined`: it has its own. */
  readonly concurrencyId: string | undefined;
  /** Whether `run` gets several calls at once, as lists. */
  readonly batch: boolean;
  /** Most calls of one batch. */
  readonly maxBatchSize: number;
  /** Whether the function takes `gr.OAuthToken`; `undefined`: it does not. */
  readonly oauthToken: "required" | "optional" | undefined;
  /** Whether the function looks at the payload of the UI event. */
  readonly collectsEventData: boolean;
  /** Whether `run` is a generator: its values are streamed. */
  readonly isGenerator: boolean;
  /** The components whose values `run` gets, in order. */
  readonly inputs: readonly Component[];
  /** The components that take what `run` returns, in order. */
  readonly outputs: readonly Component[];
  /** The function, which gets the inputs and its context. */
  readonly run: (...parameters: readonly unknown[]) => unknown;
  /** What checks the inputs before. */
  readonly validator: ((...parameters: readonly unknown[]) => unknown) | undefined;
}

/**
 * Defines one function of the app.
 *
 * @example
 * endpoint({
 *   apiName: "greet",
 *   inputs: [textbox("Name", { name: "name", value: "World" })],
 *   outputs: [textbox("Greeting")],
 *   run: (name) => `Hello ${name}!`,
 * });
 */
export function endpoint<const Inputs extends readonly Component[]>(
  options: EndpointOptions<Inputs>,
): Endpoint {
  return {
    apiName: options.apiName,
    description: options.description ?? "",
    apiVisibility: options.apiVisibility ?? "public",
    queue: options.queue ?? true,
    concurrencyLimit: options.concurrencyLimit === undefined ? 1 : options.concurrencyLimit,
    concurrencyId: options.concurrencyId,
    batch: options.batch ?? false,
    maxBatchSize: options.maxBatchSize ?? 4,
    oauthToken: options.oauthToken,
    collectsEventData: options.collectsEventData ?? false,
    isGenerator: isGeneratorFunction(options.run),
    inputs: options.inputs,
    outputs: options.outputs,
    run: options.run as unknown as Endpoint["run"],
    validator: options.validator as unknown as Endpoint["validator"],
  };
}

function isGeneratorFunction(run: unknown): boolean {
  const tag = Object.prototype.toString.call(run);
  return tag === "[object GeneratorFunction]" || tag === "[object AsyncGeneratorFunction]";
}
