import type { Component, Dependency, Visibility } from "./config.js";
import type { JsonObject } from "./json.js";

/** One input of an endpoint, as a caller sees it. State and other valueless components never show. */
export interface ParameterInfo {
  /**
   * The name for named inputs: the argument of the app's function, or what the label makes of it on
   * servers that do not tell (before 4.23).
   */
  readonly parameterName: string;
  /** What the page calls the input. */
  readonly label: string;
  /** Gradio's name of the component, such as `"Textbox"`. */
  readonly component: string;
  /** The JSON schema of its value. */
  readonly type: JsonObject;
  /** The same in TypeScript's terms, such as `string` or `FileInput`. */
  readonly tsType: string;
  /** Whether the input may be left out. */
  readonly hasDefault: boolean;
  /** What the app uses when it is left out; only meaningful with {@link hasDefault}. */
  readonly default: unknown;
  /** An example value of the component, as the app gives it. */
  readonly example: unknown;
  /** What the app says of it. */
  readonly description: string | undefined;
}

/** One output of an endpoint. */
export interface ReturnInfo {
  /** What the page calls the output. */
  readonly label: string;
  /** Gradio's name of the component, such as `"Textbox"`. */
  readonly component: string;
  /** The JSON schema of its value. */
  readonly type: JsonObject;
  /** The same in TypeScript's terms, such as `string` or `GradioFile`. */
  readonly tsType: string;
}

/** What one endpoint takes and gives. */
export interface EndpointInfo {
  /** With the leading slash; `undefined` for endpoints without a name. */
  readonly apiName: string | undefined;
  /** Its number in the app: another way to call it. */
  readonly fnIndex: number;
  /** What the app says of it. */
  readonly description: string | undefined;
  /** `"undocumented"` endpoints can be called, but the app does not list them. */
  readonly visibility: Visibility;
  /** Its inputs, in order. */
  readonly parameters: readonly ParameterInfo[];
  /** Its outputs, in order. */
  readonly returns: readonly ReturnInfo[];
  /** Whether it may yield several values. */
  readonly isGenerator: boolean;
  /** Whether the app's queue runs it (`queue=False` in the app: no). */
  readonly isQueued: boolean;
  /** Whether it acts for a Hugging Face user: pass `oauthToken` with the call. */
  readonly requiresOAuthToken: boolean;
}

/** An endpoint with what a call needs to know of the wire. */
export interface Endpoint {
  readonly info: EndpointInfo;
  readonly dependency: Dependency;
  /** The components behind `dependency.inputs` and `.outputs`, in order; `undefined`: unknown. */
  readonly inputs: readonly (Component | undefined)[];
  readonly outputs: readonly (Component | undefined)[];
  /** Whether the app declares that it reads an OAuth token: only then one may be sent. */
  readonly acceptsOAuthToken: boolean;
}
