import { setTimeout as pause } from "node:timers/promises";
import { GradioError, number, textbox, validate } from "@gradio-kit/testing";
import type { Endpoint } from "@gradio-kit/testing";
import { define } from "./facts.js";
import type { Facts } from "./facts.js";

const tag = textbox("tag", { name: "tag" });
const text = textbox("text");

/** A plain function that runs until the test opens the gate of its name. */
export const holding = (facts: Facts, apiName: string, concurrencyLimit: number | null): Endpoint =>
  define({
    apiName,
    concurrencyLimit,
    inputs: [tag],
    outputs: [text],
    run: async (name) => {
      facts.note(name, "started");
      await facts.waitAtGate(name);
      facts.note(name, "done");
      return name;
    },
  });

/** The counterpart of queueing.py. */
export function queueEndpoints(facts: Facts): Endpoint[] {
  return [
    define({
      apiName: "progress_at_gates",
      inputs: [tag],
      outputs: [text],
      run: async (name, { progress }) => {
        progress([1, 4], { desc: "step", unit: "u" });
        await facts.waitAtGate(`${name} 0`);
        progress(0.5, { desc: "half" });
        await facts.waitAtGate(`${name} 1`);
        for (const index of [0, 1, 2]) {
          progress([index, 3], { desc: "loop", unit: "it" });
          await facts.waitAtGate(`${name} ${index + 2}`);
        }
        return "done";
      },
    }),
    define({
      apiName: "logs",
      inputs: [],
      outputs: [text],
      run: ({ log }) => {
        log.info("i", { duration: 3, visible: false, title: "It" });
        log.warning("w", { duration: null });
        log.success("s");
        return "done";
      },
    }),
    holding(facts, "hold", null),
    holding(facts, "hold_one_at_a_time", 1),
    holding(facts, "hold_in_turn", 1),
    define({
      apiName: "steps",
      inputs: [tag, number("n", { name: "n" })],
      outputs: [number("step")],
      run: async function* (name, n) {
        facts.note(name, "started");
        try {
          for (let value = 0; value < n; value += 1) {
            facts.note(name, value);
            yield value;
            await pause(100);
          }
          facts.note(name, "done");
        } finally {
          facts.note(name, "left");
        }
      },
    }),
    define({
      apiName: "silence",
      inputs: [number("n", { name: "seconds" })],
      outputs: [text],
      run: async (seconds) => {
        await pause(seconds * 1000);
        return "after silence";
      },
    }),
    define({
      apiName: "checked",
      inputs: [textbox("text", { name: "a" }), number("n", { name: "b" })],
      outputs: [text],
      validator: (a, b) => [
        validate(a.length > 2, "a too short"),
        validate(b > 0, "b must be positive"),
      ],
      run: (a, b) => `${a} ${b}`,
    }),
  ];
}

function refuse(): never {
  throw new GradioError("refused", { duration: 5, title: "Refused", visible: true });
}

function defaultError(): never {
  throw new GradioError("as it comes");
}

function valueError(): never {
  throw new Error("val err");
}

/** The counterpart of failures.py. */
export function failingEndpoints(): Endpoint[] {
  const shared = { inputs: [], outputs: [text] };
  return [
    define({ ...shared, apiName: "app_error", run: refuse }),
    define({ ...shared, apiName: "default_error", run: defaultError }),
    define({ ...shared, apiName: "value_error", run: valueError }),
    define({
      ...shared,
      apiName: "fail_while_yielding",
      run: function* () {
        yield "first";
        valueError();
      },
    }),
    define({ ...shared, apiName: "unqueued_app_error", queue: false, run: refuse }),
    define({ ...shared, apiName: "unqueued_value_error", queue: false, run: valueError }),
  ];
}
