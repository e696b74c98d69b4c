import { setTimeout as sleep } from "node:timers/promises";
import { image } from "../components/files.js";
import { state } from "../components/hidden.js";
import { number } from "../components/numbers.js";
import { textbox } from "../components/text.js";
import { endpoint, type Endpoint } from "../endpoint.js";
import { createGradioServer, type GradioServer } from "../server.js";
import { invertPng } from "./invert-png.js";

/** Options of `createDemoApp`. */
export interface DemoAppOptions {
  /** Default `"127.0.0.1"`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Milliseconds between the values of `/count` and `/forever`. Default 150. */
  readonly delay?: number;
}

/**
 * Starts the app of the guided tour:
 *
 * - `/greet(name = "World", times = 2)`: a text
 * - `/invert(image)`: a PNG with its colours inverted
 * - `/count(steps = 5)`: streams a growing text, with progress and one log message
 * - `/forever(step = 1)`: streams numbers until it is cancelled
 * - `/tally(step = 1)`: the session's running total, kept in State
 */
export function createDemoApp({
  delay = 150,
  ...place
}: DemoAppOptions = {}): Promise<GradioServer> {
  return createGradioServer({
    ...place,
    title: "gradio-kit demo",
    endpoints: [greet(), invert(), count(delay), forever(delay), tally()],
  });
}

function greet(): Endpoint {
  return endpoint({
    apiName: "greet",
    description: "Greet somebody, as often as you like.",
    inputs: [
      textbox("Name", { name: "name", value: "World" }),
      number("Times", { name: "times", value: 2 }),
    ],
    outputs: [textbox("Greeting")],
    run: (name, times) => Array.from({ length: times }, () => `Hello ${name}!`).join(" "),
  });
}

function invert(): Endpoint {
  return endpoint({
    apiName: "invert",
    description: "Invert the colours of a PNG.",
    inputs: [image("Image", { name: "image" })],
    outputs: [image("Inverted")],
    run: async (picture, context) => {
      const inverted = invertPng(await context.readFile(picture));
      return context.createFile(inverted, "inverted.png");
    },
  });
}

function count(delay: number): Endpoint {
  return endpoint({
    apiName: "count",
    description: "Count up to a number, telling how far it is.",
    inputs: [number("Steps", { name: "steps", value: 5 })],
    outputs: [textbox("Counted")],
    run: async function* (steps, { progress, log, signal }) {
      log.info(`Counting to ${steps}`);
      let text = "";
      for (let step = 1; step <= steps; step += 1) {
        progress([step, steps], { desc: "Counting" });
        await sleep(delay, undefined, { signal });
        text += step === 1 ? "1" : ` ${step}`;
        yield text;
      }
    },
  });
}

function forever(delay: number): Endpoint {
  return endpoint({
    apiName: "forever",
    description: "Count without end: made to be cancelled.",
    concurrencyLimit: null,
    inputs: [number("Step", { name: "step", value: 1 })],
    outputs: [number("Number")],
    run: async function* (step, { signal }) {
      for (let value = step; ; value += step) {
        yield value;
        await sleep(delay, undefined, { signal });
      }
    },
  });
}

function tally(): Endpoint {
  const total = state(0);
  return endpoint({
    apiName: "tally",
    description: "Add to this session's total.",
    inputs: [number("Step", { name: "step", value: 1 }), total],
    outputs: [number("Total"), total],
    run: (step, before) => [before + step, before + step],
  });
}
