import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parameterNames } from "../../src/core/parameter-names.js";

const labelled = (...labels: (string | undefined)[]): string[] =>
  parameterNames(labels.map((label, position) => ({ told: undefined, label, position })));

describe("parameterNames", () => {
  it.each([
    ["Second number", "second_number"],
    ["  Top-p (nucleus) ", "top_p_nucleus"],
    ["Größe 2", "größe_2"],
    ["名前", "名前"],
    ["__proto__", "proto"],
    ["🔥", "param_0"],
    ["", "param_0"],
    ["parameter_12", "param_0"],
    [undefined, "param_0"],
  ])("makes of the label %j the name %j", (label, name) => {
    expect(labelled(label)).toEqual([name]);
  });

  it("never gives a name twice", () => {
    expect(labelled("N", "n", "n 1", undefined, "N")).toEqual([
      "n",
      "n_1",
      "n_1_1",
      "param_3",
      "n_2",
    ]);
  });

  it("keeps what the server tells, also from names made of labels", () => {
    expect(
      parameterNames([
        { told: undefined, label: "Text", position: 0 },
        { told: "text", label: "Other", position: 1 },
      ]),
    ).toEqual(["text_1", "text"]);
  });

  it("gives every input of any app one name that no other has", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.string({ unit: "binary" }), { nil: undefined })),
        (labels) => {
          const names = labelled(...labels);
          expect(new Set(names).size).toBe(labels.length);
          for (const name of names) expect(name).toMatch(/^[\p{L}\p{M}\p{N}_]+$/u);
        },
      ),
    );
  });
});
