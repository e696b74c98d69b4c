import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindArguments } from "../../src/core/arguments.js";
import { appWith, component, table, thrown } from "./sample-app.js";

function endpointOf(hidden: boolean[]) {
  return table({
    components: hidden.map((state, index) => component(index, state ? "state" : "textbox")),
    dependencies: [
      { id: 0, api_name: "any", inputs: hidden.map((_, index) => index), outputs: [] },
    ],
  }).resolve("any");
}

const bind = (name: string, inputs?: unknown) => bindArguments(table().resolve(name), inputs);

describe("defaults", () => {
  test("fill what is left out, by name and by position", () => {
    expect(bind("greet")).toEqual(["World", 2]);
    expect(bind("greet", {})).toEqual(["World", 2]);
    expect(bind("greet", [])).toEqual(["World", 2]);
    expect(bind("greet", { times: 5 })).toEqual(["World", 5]);
    expect(bind("greet", ["Ada"])).toEqual(["Ada", 2]);
  });

  test("`undefined` counts as left out, `null` does not", () => {
    expect(bind("greet", { name: undefined, times: null, other: undefined })).toEqual([
      "World",
      null,
    ]);
    expect(bind("greet", [undefined, null])).toEqual(["World", null]);
  });

  test("an optional None becomes null", () => {
    expect(bind("optional", { a: "x" })).toEqual(["x", null]);
  });

  test("a file that lies on the server is passed through as it came", () => {
    const file = { path: "/tmp/gradio/ab/d.txt", meta: { _type: "gradio.FileData" } };
    const app = table({
      components: [component(1, "file", { value: file })],
      dependencies: [{ id: 0, api_name: "read", inputs: [1], outputs: [] }],
    });
    expect(bindArguments(app.resolve("read"), undefined)).toEqual([file]);
  });
});

describe("hidden inputs", () => {
  test("get null, wherever they are", () => {
    expect(bind("between", { a: "A", b: 2 })).toEqual(["A", null, 2]);
    expect(bind("between", ["A", 2])).toEqual(["A", null, 2]);
  });

  test("a value for every input is accepted, and what is given for hidden ones ignored", () => {
    expect(bind("between", ["A", 99, 2])).toEqual(["A", null, 2]);
  });
});

describe("mistakes", () => {
  test("a missing argument is named", () => {
    const error = thrown(() => bind("between", { b: 2 }));
    expect(error.code).toBe("MISSING_ARGUMENT");
    expect(error.message).toMatch(/\/between.*\ba\b/);
    expect(thrown(() => bind("between", ["A"])).message).toContain("b (Number) is required");
    expect(thrown(() => bind("between")).code).toBe("MISSING_ARGUMENT");
  });

  test("an unknown argument is named, with what was probably meant", () => {
    const error = thrown(() => bind("greet", { nmae: "x" }));
    expect(error.code).toBe("UNKNOWN_ARGUMENT");
    expect(error.message).toContain('"nmae"');
    expect(error.message).toContain('Did you mean "name"?');
    expect(error.message).toContain("name, times");
  });

  test("too many arguments are counted", () => {
    const error = thrown(() => bind("greet", ["a", 1, 2]));
    expect(error.code).toBe("TOO_MANY_ARGUMENTS");
    expect(error.message).toContain("at most 2 arguments, 3 were given");
    expect(thrown(() => bind("nothing", [1])).message).toContain("no arguments");
    expect(thrown(() => bind("between", [1, 2, 3, 4])).code).toBe("TOO_MANY_ARGUMENTS");
  });

  test("inputs that are neither an object nor an array", () => {
    for (const inputs of ["Ada", 5, null, true, () => 1, Symbol("s"), new Map(), new Date()]) {
      const error = thrown(() => bind("greet", inputs));
      expect(error.code, String(inputs)).toBe("INVALID_ARGUMENT");
      expect(error.message).toContain("an object of named values or an array");
    }
  });

  test("only members of the object itself count", () => {
    expect(bind("greet", Object.create(null))).toEqual(["World", 2]);
    expect(thrown(() => bind("greet", JSON.parse('{"__proto__": 1}'))).code).toBe(
      "UNKNOWN_ARGUMENT",
    );
    expect(thrown(() => bind("greet", { toString: 1 })).code).toBe("UNKNOWN_ARGUMENT");
    const odd = table(
      {
        components: [component(1, "textbox"), component(2, "textbox")],
        dependencies: [{ id: 0, api_name: "odd", inputs: [1, 2], outputs: [] }],
      },
      {
        named_endpoints: {
          "/odd": {
            parameters: [{ parameter_name: "__proto__" }, { parameter_name: "constructor" }],
          },
        },
      },
    ).resolve("odd");
    expect(thrown(() => bindArguments(odd, {})).code).toBe("MISSING_ARGUMENT");
    expect(bindArguments(odd, JSON.parse('{"__proto__": 1, "constructor": 2}'))).toEqual([1, 2]);
  });
});

describe("inputs that take a component with its properties (Gradio 6)", () => {
  test("a bare value is wrapped in the properties of its component", () => {
    expect(bind("props", { x: "A", y: 2 })).toEqual([{ label: "Text", value: "A" }, 2]);
    expect(bind("props", [{ value: 1 }, 2])).toEqual([{ label: "Text", value: { value: 1 } }, 2]);
  });

  test("an object marked as an update sets properties too", () => {
    const update = { __type__: "update", value: "A", label: "Mine" };
    expect(bind("props", [update, 2])).toEqual([{ label: "Mine", value: "A" }, 2]);
    expect(update).toEqual({ __type__: "update", value: "A", label: "Mine" });
  });

  test("a hidden one gets the properties that it has", () => {
    expect(bind("props_of_button", [2])).toEqual([{ value: "Run", variant: "primary" }, 2]);
  });
});

describe("for any endpoint", () => {
  const values = fc.array(fc.tuple(fc.boolean(), fc.jsonValue()), { maxLength: 8 });

  test("named and positional values bind to the same", () => {
    fc.assert(
      fc.property(values, (inputs) => {
        const endpoint = endpointOf(inputs.map(([hidden]) => hidden));
        const visible = inputs.filter(([hidden]) => !hidden).map(([, value]) => value);
        const byName = Object.fromEntries(
          inputs.flatMap(([hidden, value], index) => (hidden ? [] : [[`param_${index}`, value]])),
        );
        const wire = bindArguments(endpoint, visible);
        expect(wire).toEqual(inputs.map(([hidden, value]) => (hidden ? null : value)));
        expect(bindArguments(endpoint, byName)).toEqual(wire);
        expect(
          bindArguments(
            endpoint,
            inputs.map(([, value]) => value),
          ),
        ).toEqual(wire);
      }),
    );
  });

  test("what the caller passed stays as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 2 }), (inputs) => {
        const before = structuredClone(inputs);
        bindArguments(table().resolve("greet"), Object.freeze(inputs));
        expect(inputs).toEqual(before);
      }),
    );
  });
});

test("an endpoint without a name is called by its number in messages", () => {
  const app = appWith([{ api_name: null, api_visibility: undefined }]);
  expect(thrown(() => bindArguments(app.resolve(0), [])).message).toContain("endpoint 0");
});
