import type { AppSpec } from "./app-spec.js";

declare const app: unique symbol;

/**
 * What a program was written for: the endpoints of an app by name, as `gradio-kit codegen` writes them
 * beside their types. `Client.connect` compares it with the app as it is.
 */
export interface AppOutline<App extends AppSpec = AppSpec> {
  readonly [endpoint: string]: EndpointOutline;
  /** Only at compile time: which types it belongs to. */
  readonly [app]?: App;
}

/** One endpoint of an {@link AppOutline}. */
export interface EndpointOutline {
  /** In the order of positional calls. */
  readonly inputs: readonly InputOutline[];
  /** The types of the outputs, in TypeScript's terms. */
  readonly outputs: readonly string[];
}

/** One input of an {@link EndpointOutline}. */
export interface InputOutline {
  /** The name of the parameter. */
  readonly name: string;
  /** In TypeScript's terms, such as `"string"`. */
  readonly type: string;
  /** Whether the app has a default for it. */
  readonly optional?: boolean;
}
