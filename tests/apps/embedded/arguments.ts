import {
  GradioError,
  checkbox,
  checkboxGroup,
  dropdown,
  json,
  number,
  radio,
  slider,
  textbox,
} from "@gradio-kit/testing";
import type { Endpoint } from "@gradio-kit/testing";
import { define } from "./facts.js";
import type { Facts } from "./facts.js";

const OPERATIONS = ["add", "subtract", "multiply", "divide"] as const;

export function calculate(first: number, operation: string, second: number): number {
  if (operation === "add") return first + second;
  if (operation === "subtract") return first - second;
  if (operation === "multiply") return first * second;
  if (second === 0) throw new GradioError("Cannot divide by zero!");
  return first / second;
}

export const calculatorInputs = [
  number("num1", { name: "num1" }),
  radio("operation", { name: "operation", choices: OPERATIONS }),
  number("num2", { name: "num2" }),
] as const;

/** The counterpart of arguments.py. */
export function argumentEndpoints(facts: Facts, before: readonly Endpoint[]): Endpoint[] {
  const text = textbox("Text", { name: "text" });
  const result = [textbox("Result")];
  const say = (apiName: string, word: string, options: Partial<Endpoint> = {}) =>
    define({
      apiName,
      inputs: [text],
      outputs: result,
      run: (value) => `${word} ${value}`,
      ...(options.apiVisibility !== undefined && { apiVisibility: options.apiVisibility }),
    });
  const endpoints = [
    define({
      apiName: "greet",
      description: "Greets a person by name.",
      inputs: [
        textbox("Name", { name: "name" }),
        textbox("Punctuation", { name: "punctuation", value: "!" }),
      ],
      outputs: [textbox("Greeting")],
      run: (name, punctuation) => `Hello ${name}${punctuation}`,
    }),
    define({
      apiName: "calculator",
      inputs: calculatorInputs,
      outputs: [number("output")],
      run: calculate,
    }),
    define({
      apiName: "defaults",
      inputs: [
        number(undefined, { name: "a" }),
        textbox(undefined, { name: "b" }),
        textbox(undefined, { name: "c", optional: true }),
        number(undefined, { name: "d", value: 10 }),
      ],
      outputs: [json("Anything")],
      run: (a, b, c, d) => ({ a, b, c, d }),
    }),
    define({
      apiName: "odd_names",
      inputs: ["api_name", "fn_index", "result_callbacks", "headers"].map((name) =>
        textbox(undefined, { name }),
      ),
      outputs: [json()],
      run: (...values) => values.slice(0, 4),
    }),
    define({
      apiName: "echo",
      inputs: [json("Value", { name: "value" })],
      outputs: [json("Anything")],
      run: (value) => value,
    }),
    say("dup", "first"),
    say("dup", "second"),
    say("named_after_function", "named"),
    say("lambda", "lambda"),
    say("shown", "seen"),
    say("undocumented", "seen", { apiVisibility: "undocumented" }),
    say("visibility", "seen", { apiVisibility: "private" }),
    say("false", "seen", { apiVisibility: "private" }),
    define({
      apiName: "choose",
      inputs: [
        dropdown("Colour", {
          name: "colour",
          choices: [
            ["Red", "r"],
            ["Green", "g"],
          ],
        }),
        checkboxGroup("Colours", { name: "colours", choices: ["x", "y", "z"] }),
        checkbox("Agree", { name: "agree" }),
        slider("Amount", { name: "amount", minimum: 0, maximum: 10, value: 5 }),
      ],
      outputs: [json()],
      run: (colour, colours, agree, amount) => ({ colour, colours, agree, amount }),
    }),
  ];
  for (const [index, { apiVisibility }] of endpoints.entries()) {
    if (apiVisibility === "private") facts.note("hidden functions", before.length + index);
  }
  return endpoints;
}
