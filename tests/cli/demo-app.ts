// Written by `gradio-kit codegen`: change nothing here, write it anew.
// App: gradio-kit demo · http://127.0.0.1:7999/ · Gradio 6.31.0
import type { AppOutline, FileInput, GradioFile } from "@gradio-kit/client";

/** The endpoints of the app: `Client.connect<App>(…)` checks every call. */
// prettier-ignore
export type App = {
  /** Greet somebody, as often as you like. */
  readonly "/greet": {
    readonly inputs: {
      /** Name (Textbox). Default: "World". */
      readonly name?: string | undefined;
      /** Times (Number). Default: 2. */
      readonly times?: number | undefined;
    };
    readonly positional: readonly [name?: string | undefined, times?: number | undefined];
    /** Greeting (Textbox) */
    readonly result: string;
    readonly generator: false;
  };
  /** Invert the colours of a PNG. */
  readonly "/invert": {
    readonly inputs: {
      /** Image (Image). */
      readonly image: FileInput;
    };
    readonly positional: readonly [image: FileInput];
    /** Inverted (Image) */
    readonly result: GradioFile;
    readonly generator: false;
  };
  /**
   * Count up to a number, telling how far it is.
   *
   * Yields values: `submit` gives each of them, `predict` the last one.
   */
  readonly "/count": {
    readonly inputs: {
      /** Steps (Number). Default: 5. */
      readonly steps?: number | undefined;
    };
    readonly positional: readonly [steps?: number | undefined];
    /** Counted (Textbox) */
    readonly result: string;
    readonly generator: true;
  };
  /**
   * Count without end: made to be cancelled.
   *
   * Yields values: `submit` gives each of them, `predict` the last one.
   */
  readonly "/forever": {
    readonly inputs: {
      /** Step (Number). Default: 1. */
      readonly step?: number | undefined;
    };
    readonly positional: readonly [step?: number | undefined];
    /** Number (Number) */
    readonly result: number;
    readonly generator: true;
  };
  /** Add to this session's total. */
  readonly "/tally": {
    readonly inputs: {
      /** Step (Number). Default: 1. */
      readonly step?: number | undefined;
    };
    readonly positional: readonly [step?: number | undefined];
    /** Total (Number) */
    readonly result: number;
    readonly generator: false;
  };
};

/** The same at run time: `Client.connect(…, { spec })` also sees whether the app still fits. */
// prettier-ignore
export const spec: AppOutline<App> = {
  "/greet": {
    inputs: [
      { name: "name", type: "string", optional: true },
      { name: "times", type: "number", optional: true },
    ],
    outputs: ["string"],
  },
  "/invert": {
    inputs: [
      { name: "image", type: "FileInput" },
    ],
    outputs: ["GradioFile"],
  },
  "/count": {
    inputs: [
      { name: "steps", type: "number", optional: true },
    ],
    outputs: ["string"],
  },
  "/forever": {
    inputs: [
      { name: "step", type: "number", optional: true },
    ],
    outputs: ["number"],
  },
  "/tally": {
    inputs: [
      { name: "step", type: "number", optional: true },
    ],
    outputs: ["number"],
  },
};
