import { api, component, type Component, type ComponentOptions } from "../component.js";
import { GradioError } from "../gradio-error.js";

/** Bounds of a `number` or `slider`. */
export interface NumberOptions extends ComponentOptions {
  /** Smallest value taken. Default: none for `number`, 0 for `slider`. */
  readonly minimum?: number;
  /** Largest value taken. Default: none for `number`, 100 for `slider`. */
  readonly maximum?: number;
  /** Distance between values. Default 1. */
  readonly step?: number;
}

/** `gr.Number`: a number. A value outside the bounds fails the call. */
export function number(label?: string, options: NumberOptions = {}): Component<number> {
  const { minimum, maximum, step = 1 } = options;
  return component({
    type: "number",
    label,
    options,
    api: api({ type: "number" }, "float"),
    example: 3,
    props: {
      ...(minimum !== undefined && { minimum }),
      ...(maximum !== undefined && { maximum }),
      step,
    },
    preprocess: (payload) => checked(payload, minimum, maximum),
  });
}

/** `gr.Slider`: a number within bounds; its initial value is the minimum unless given. */
export function slider(label?: string, options: NumberOptions = {}): Component<number> {
  const { minimum = 0, maximum = 100, step = 1 } = options;
  const description = `numeric value between ${minimum} and ${maximum}`;
  return component({
    type: "slider",
    label,
    options,
    api: api({ type: "number", description }, "float"),
    example: minimum,
    initial: minimum,
    props: { minimum, maximum, step },
    preprocess: (payload) => checked(payload, minimum, maximum),
  });
}

function checked(payload: unknown, minimum?: number, maximum?: number): number {
  if (payload === null || payload === undefined) return payload as unknown as number;
  const value = typeof payload === "string" && payload.trim() !== "" ? Number(payload) : payload;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new TypeError(`could not convert ${JSON.stringify(payload)} to a number`);
  }
  if (minimum !== undefined && value < minimum) {
    throw new GradioError(`Value ${value} is less than minimum value ${minimum}.`);
  }
  if (maximum !== undefined && value > maximum) {
    throw new GradioError(`Value ${value} is greater than maximum value ${maximum}.`);
  }
  return value;
}
