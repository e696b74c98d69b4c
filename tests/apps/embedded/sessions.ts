import { setTimeout as pause } from "node:timers/promises";
import { layout, number, state, textbox, update } from "@gradio-kit/testing";
import type { Endpoint } from "@gradio-kit/testing";
import { define } from "./facts.js";
import type { Facts } from "./facts.js";

/** The counterpart of sessions.py. */
export function sessionEndpoints(facts: Facts): Endpoint[] {
  const text = textbox("text", { name: "name" });
  const result = number("number", { name: "n" });
  const counter = state(0);
  const visits = state(0);
  const counted = state(0);
  const increment = {
    inputs: [counter] as const,
    outputs: [result, counter],
    run: (value: number) => [value + 1, value + 1],
  };
  return [
    define({ ...increment, apiName: "increment" }),
    define({ ...increment, apiName: "increment_unqueued", queue: false }),
    define({
      apiName: "increment_at_gate",
      inputs: [textbox("tag", { name: "tag" }), counter],
      outputs: [result, counter],
      run: async (tag, value) => {
        facts.note(tag, "started");
        await facts.waitAtGate(tag);
        return [value + 1, value + 1];
      },
    }),
    define({ ...increment, apiName: "increment", apiVisibility: "private" }),
    define({
      apiName: "between",
      inputs: [textbox("a", { name: "a" }), state(5), number("b", { name: "b" })],
      outputs: [textbox("text")],
      run: (a, kept, b) => `${a}${kept}${b}`,
    }),
    define({
      apiName: "greet_and_count",
      inputs: [text, visits],
      outputs: [textbox("text"), result, layout("accordion", "accordion"), visits],
      run: (name, seen) => [`Hello ${name}`, seen + 1, update({ open: true }), seen + 1],
    }),
    define({
      apiName: "count_visits",
      inputs: [visits],
      outputs: [result, visits],
      run: (seen) => [seen + 1, seen + 1],
    }),
    define({
      apiName: "count_in_state",
      inputs: [result, counted],
      outputs: [number("number"), counted],
      run: async function* (limit) {
        for (let value = 1; value <= limit; value += 1) {
          yield [value, value];
          await pause(20);
        }
      },
    }),
    define({
      apiName: "read_counted",
      inputs: [counted],
      outputs: [number("number")],
      run: (value) => value,
    }),
  ];
}

/** The endpoint of an app that notices when a session ends. */
export function farewellEndpoints(facts: Facts): Endpoint[] {
  const remembered = state<string | null>(null);
  return [
    define({
      apiName: "remember",
      inputs: [textbox("tag", { name: "tag" }), remembered],
      outputs: [textbox("text"), remembered],
      run: (tag) => {
        facts.note(tag, "remembered");
        return [tag, tag];
      },
    }),
  ];
}
