import { setTimeout as pause } from "node:timers/promises";
import {
  GradioError,
  chatbot,
  dataframe,
  highlightedText,
  json,
  label,
  number,
  skip,
  textbox,
  update,
} from "@gradio-kit/testing";
import type { Endpoint } from "@gradio-kit/testing";
import { define } from "./facts.js";
import type { Facts } from "./facts.js";

const STEP_MILLISECONDS = 20;

/** Yields values with a pause after each, like the Python functions do. */
async function* slowly<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) {
    yield value;
    await pause(STEP_MILLISECONDS);
  }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

const message = (role: string, content: string) => ({ role, content });

function* grownAndShrunk(n: number): Generator<unknown[]> {
  const all = upTo(n).map((index) => ({
    token: `word${index} `,
    class_or_confidence: index % 2 === 0 ? "even" : "odd",
  }));
  for (const index of upTo(n)) yield all.slice(0, index + 1);
  for (let left = n; left > 1;) {
    left = Math.max(1, left - 3);
    yield all.slice(0, left);
  }
}

const NESTED = [
  {
    rows: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    name: "a",
  },
  { rows: [[1], [4]], name: "ab" },
  { rows: [[1, 7], [4], [8]], other: null },
  { rows: [] },
];

/** The counterpart of generators.py. */
export function generatorEndpoints(facts: Facts): Endpoint[] {
  const n = number("n", { name: "n", value: 3 });
  const tag = textbox("tag", { name: "tag" });
  const text = textbox("text", { name: "text" });
  const result = number("number");
  return [
    define({
      apiName: "count",
      inputs: [n],
      outputs: [result],
      run: async function* (limit) {
        yield* slowly(upTo(limit));
      },
    }),
    define({
      apiName: "count_async",
      inputs: [n],
      outputs: [text],
      run: async function* (limit) {
        yield* slowly(upTo(limit).map(String));
      },
    }),
    define({
      apiName: "count_and_return",
      inputs: [n],
      outputs: [result],
      run: async function* (limit) {
        yield* slowly(upTo(limit));
        return 99;
      },
    }),
    define({
      apiName: "no_yields",
      inputs: [],
      outputs: [result],
      run: function* () {
        yield* [];
      },
    }),
    define({
      apiName: "fail_late",
      inputs: [],
      outputs: [result],
      run: async function* () {
        yield* slowly([0, 1]);
        throw new GradioError("Oh no!", { duration: 3, title: "T", visible: false });
      },
    }),
    define({
      apiName: "count_at_gates",
      inputs: [tag, n],
      outputs: [result],
      run: async function* (name, limit) {
        for (const value of upTo(limit)) {
          yield value;
          await facts.waitAtGate(`${name} ${value}`);
        }
      },
    }),
    define({
      apiName: "two_outputs",
      inputs: [n],
      outputs: [text, result],
      run: async function* (limit) {
        yield* slowly(upTo(limit).map((value) => ["a".repeat(value + 1), Math.floor(value / 2)]));
      },
    }),
    define({
      apiName: "spell",
      inputs: [text],
      outputs: [chatbot("chat")],
      run: async function* (word) {
        const spelled = upTo(word.length).map((index) => word.slice(0, index + 1));
        yield* slowly(
          spelled.map((part) => [message("user", "spell"), message("assistant", part)]),
        );
      },
    }),
    define({
      apiName: "grow_table",
      inputs: [n],
      outputs: [dataframe("table")],
      run: async function* (limit) {
        const rows = upTo(limit).map((value) => [value, `row ${value}`]);
        const headers = ["number", "text"];
        yield* slowly(
          rows.map((_, index) => ({ headers, data: rows.slice(0, index + 1), metadata: null })),
        );
      },
    }),
    define({
      apiName: "judge",
      inputs: [n],
      outputs: [label("label")],
      run: async function* (limit) {
        const shares = upTo(limit).map((value) => (value + 1) / (limit + 1));
        yield* slowly(
          shares.map((cat, index) => (index % 2 === 0 ? { cat, dog: 1 - cat } : { cat })),
        );
      },
    }),
    define({
      apiName: "grow_and_shrink",
      inputs: [n],
      outputs: [highlightedText("words")],
      run: async function* (limit) {
        yield* slowly(grownAndShrunk(limit));
      },
    }),
    define({
      apiName: "nested_lists",
      inputs: [],
      outputs: [json("lists")],
      run: async function* () {
        yield* slowly(NESTED);
      },
    }),
    define({
      apiName: "update_and_skip",
      inputs: [],
      outputs: [text],
      run: async function* () {
        yield* slowly(["a", skip(), update({ value: "b", label: "L" })]);
      },
    }),
    define({
      apiName: "long_chat",
      inputs: [number("messages", { name: "messages" }), number("tokens", { name: "tokens" })],
      outputs: [chatbot()],
      run: function* (messages, tokens) {
        const history = upTo(messages).map((index) => message("user", `message ${index}`));
        let answer = "";
        for (const token of upTo(tokens)) {
          answer += `${token} `;
          yield [...history, message("assistant", answer)];
        }
      },
    }),
  ];
}
