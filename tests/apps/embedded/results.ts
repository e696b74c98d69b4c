import { json, layout, number, skip, textbox, update } from "@gradio-kit/testing";
import type { Component, Endpoint } from "@gradio-kit/testing";
import { define } from "./facts.js";

const gives = (apiName: string, outputs: readonly Component[], value: unknown) =>
  define({ apiName, inputs: [], outputs, run: () => value });

/** The counterpart of results.py and request_facts.py. */
export function resultEndpoints(): Endpoint[] {
  const text = textbox("Text", { name: "text" });
  const count = number("Number", { name: "numbers" });
  const anything = json("Anything");
  const accordion = layout("accordion", "Accordion");
  return [
    gives("nothing", [], null),
    gives("one", [count], 1),
    gives("two", [count, text], [1, "x"]),
    gives("three_nulls", [count, text, anything], [null, null, null]),
    gives("with_layout", [accordion, text], [update({ open: true }), "z"]),
    gives("only_layout", [accordion], update({ open: true })),
    gives("skip", [text], skip()),
    gives("update", [text], update({ value: "v", label: "L" })),
    gives("not_finite", [count, anything], [Number.NaN, { a: Infinity, b: [Number.NaN] }]),
    gives("tricky_text", [text], "a\u0085b\u2028c\r\nd\te\0f😀"),
    gives("long_text", [text], "\ta\nb".repeat(90_000)),
    gives("big_integer", [anything], { value: Number.MAX_SAFE_INTEGER }),
    define({
      apiName: "cached",
      inputs: [text],
      outputs: [text],
      run: (value) => value.toUpperCase(),
    }),
    define({
      apiName: "unqueued",
      inputs: [text],
      outputs: [text],
      queue: false,
      run: (value) => `direct ${value}`,
    }),
    define({
      apiName: "doubled_in_batches",
      inputs: [count],
      outputs: [count],
      batch: true,
      maxBatchSize: 4,
      run: (numbers) => [(numbers as unknown as number[]).map((value) => value * 2)],
    }),
    define({
      apiName: "request",
      inputs: [],
      outputs: [anything],
      run: ({ request }) => ({ headers: request.headers, session: request.sessionHash }),
    }),
    define({
      apiName: "event_data",
      inputs: [],
      outputs: [anything],
      collectsEventData: true,
      run: ({ eventData }) => eventData,
    }),
  ];
}
