import { expect, test } from "vitest";
import type { AppOutline } from "../../src/core/app-outline.js";
import { findDrift } from "../../src/core/drift.js";
import type { EndpointInfo, ParameterInfo } from "../../src/core/endpoint.js";

const parameter = (parameterName: string, tsType: string, hasDefault = false): ParameterInfo => ({
  parameterName,
  label: parameterName,
  component: "Textbox",
  type: {},
  tsType,
  hasDefault,
  default: undefined,
  example: undefined,
  description: undefined,
});

const app = (
  parameters: readonly ParameterInfo[],
  returns: readonly string[] = ["string"],
): readonly EndpointInfo[] => [
  {
    apiName: "/draw",
    fnIndex: 3,
    description: undefined,
    visibility: "public",
    parameters,
    returns: returns.map((tsType) => ({ label: "", component: "Textbox", type: {}, tsType })),
    isGenerator: false,
    isQueued: true,
    requiresOAuthToken: false,
  },
];

const outline: AppOutline = {
  "/draw": {
    inputs: [
      { name: "prompt", type: "string" },
      { name: "style", type: '"oil" | "ink"', optional: true },
    ],
    outputs: ["string"],
  },
};
const prompt = parameter("prompt", "string");
const style = parameter("style", '"oil" | "ink"', true);

test.each([
  ["the same app", app([prompt, style])],
  ["one more choice", app([prompt, parameter("style", '"oil" | "a | b" | "ink"', true)])],
  ["any text instead of choices", app([prompt, parameter("style", "unknown", true)])],
  [
    "a new input with a default, at the end",
    app([prompt, style, parameter("seed", "number", true)]),
  ],
  ["a new endpoint", [...app([prompt, style]), { ...app([])[0], apiName: "/new" } as EndpointInfo]],
])("%s is no drift", (_, endpoints) => {
  expect(findDrift(outline, endpoints)).toEqual([]);
});

test.each([
  ["an endpoint that is gone", [], ["/draw is no longer there."]],
  ["an input that is gone", app([prompt]), ["/draw: the input style is no longer there."]],
  [
    "a choice that is gone",
    app([prompt, parameter("style", '"ink"', true)]),
    ['/draw: the input style was "oil" | "ink" and is "ink".'],
  ],
  [
    "an input of another type",
    app([parameter("prompt", "number"), style]),
    ["/draw: the input prompt was string and is number."],
  ],
  [
    "a default that is gone",
    app([prompt, parameter("style", '"oil" | "ink"')]),
    ["/draw: the input style has no default any more."],
  ],
  [
    "a new input that is required",
    app([prompt, style, parameter("seed", "number")]),
    ["/draw: there is a new input that is required: seed (number)."],
  ],
  [
    "another order",
    app([prompt, parameter("seed", "number", true), style]),
    ["/draw: the inputs come in another order: prompt, seed, style."],
  ],
  [
    "another result",
    app([prompt, style], ["string", "GradioFile"]),
    ["/draw: the result was string and is [string, GradioFile]."],
  ],
])("%s is drift", (_, endpoints, sentences) => {
  expect(findDrift(outline, endpoints)).toEqual(sentences);
});

test("results may become narrower, never wider", () => {
  const expected: AppOutline = { "/draw": { inputs: [], outputs: ['("a" | "b")[]'] } };
  expect(findDrift(expected, app([], ['("a")[]']))).toEqual([]);
  expect(findDrift(expected, app([], ['("a" | "b" | "c")[]']))).toHaveLength(1);
});
