import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindArguments } from "../../src/core/arguments.js";
import type { JsonObject } from "../../src/core/json.js";
import { checkValues, encodeJson } from "../../src/core/values.js";
import { component, fileSchema, gallerySchema, imageSchema, table, thrown } from "./sample-app.js";

class Handle {
  readonly source = "cat.png";
}

const isFileLike = (value: object) => value instanceof Handle || value instanceof Uint8Array;

/** Checks one value for a parameter with the given schema. */
function check(value: unknown, schema: JsonObject = {}, more: object = {}): void {
  const endpoint = table({
    components: [component(1, "state"), component(2, "any", {}, schema)],
    dependencies: [{ id: 0, api_name: "run", inputs: [1, 2], outputs: [], ...more }],
  }).resolve("run");
  checkValues(endpoint, bindArguments(endpoint, [value]), isFileLike);
}

async function* bytes() {
  yield new Uint8Array();
}

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

function refusal(value: unknown, schema?: JsonObject): string {
  const error = thrown(() => check(value, schema));
  expect(error.code).toBe("INVALID_ARGUMENT");
  return error.message;
}

describe("what JSON cannot carry", () => {
  test("is refused with the parameter and the place inside it", () => {
    expect(refusal(1n)).toMatch(/^\/run: param_1 is a bigint/);
    expect(refusal({ a: [1, { "b c": Symbol("s") }] })).toContain(
      'param_1.a[1]["b c"] is a symbol',
    );
    expect(refusal([() => 1])).toContain("param_1[0] is a function");
  });

  test("cycles", () => {
    const loop: { self?: unknown } = {};
    loop.self = { back: [loop] };
    expect(refusal(loop)).toContain("param_1.self.back[0] is an object that contains itself");
  });

  test("the same object twice is no cycle", () => {
    const shared = { a: 1 };
    expect(() => check([shared, shared, { shared }])).not.toThrow();
  });

  test("what would arrive as {} without a word", () => {
    expect(refusal({ m: new Map([[1, 2]]) })).toContain("param_1.m is a Map");
    expect(refusal(new Set([1]))).toContain("is a Set");
    expect(refusal(Promise.resolve(1))).toContain("is a Promise");
    expect(refusal(/x/)).toContain("is a RegExp");
  });

  test("a stream says how to pass it", () => {
    expect(refusal(bytes())).toContain("handleFile");
  });

  test("what is nested beyond every server's limit", () => {
    expect(() => check(nest(1000))).not.toThrow();
    expect(refusal(nest(50_000))).toContain("levels deep");
  });

  test("what it can carry passes", () => {
    class Point {
      readonly x = 1;
    }
    const fine = [
      null,
      Number.NaN,
      "text",
      { a: undefined },
      new Date(),
      new URL("https://example.com"),
      new Point(),
      Object.create(null),
      { toJSON: () => 1, more: 1n },
      JSON.parse('{"__proto__": {"a": 1}}'),
    ];
    for (const value of fine) expect(() => check(value)).not.toThrow();
    fc.assert(fc.property(fc.jsonValue(), (value) => check(value)));
  });
});

describe("files", () => {
  test("a bare string, number or boolean is no file", () => {
    for (const schema of [fileSchema, imageSchema]) {
      expect(refusal("cat.png", schema)).toBe(
        '/run: param_1 takes a file, not a string: pass handleFile("cat.png").',
      );
      expect(refusal(5, schema)).toContain("not a number");
      expect(refusal(false, schema)).toContain("not a boolean");
    }
    expect(refusal("x".repeat(1_000_000), fileSchema).length).toBeLessThan(200);
  });

  test("nor is it in a list, a gallery, or beside a text", () => {
    const files = {
      $defs: { F: fileSchema, ...fileSchema.$defs },
      type: "array",
      items: { $ref: "#/$defs/F" },
    };
    expect(refusal("a.png", files)).toContain("param_1 takes a file");
    expect(refusal([new Handle(), "a.png"], files)).toContain("param_1[1] takes a file");
    expect(refusal("a.png", gallerySchema)).toContain("param_1 takes a file");
    expect(refusal(["a.png"], gallerySchema)).toContain("param_1[0] takes a file");
    expect(refusal([{ image: "a.png" }], gallerySchema)).toContain("param_1[0].image takes a file");
    expect(refusal([{ video: "a.mp4" }], gallerySchema)).toContain("param_1[0].video takes a file");
    const message = { ...files, type: "object", properties: { text: { type: "string" }, files } };
    expect(refusal({ text: "hi", files: ["a.png"] }, message)).toContain("param_1.files[0]");
  });

  test("what a server may take is left to the server", () => {
    const data = { path: "/tmp/gradio/a.png", meta: { _type: "gradio.FileData" } };
    for (const value of [null, data, new Handle(), new Uint8Array(2), {}]) {
      expect(() => check(value, fileSchema)).not.toThrow();
    }
    expect(() =>
      check([{ image: data, caption: "a" }, { video: new Handle() }], gallerySchema),
    ).not.toThrow();
    expect(() => check("a", { anyOf: [{ type: "string" }, fileSchema] })).not.toThrow();
    // Choices and ranges change while an app runs; a text box takes a number.
    expect(() => check("c", { enum: ["a", "b"], type: "string" })).not.toThrow();
    expect(() => check(5, { type: "string" })).not.toThrow();
    expect(() => check("5", { type: "number", maximum: 1 })).not.toThrow();
  });

  test("inside a component with its properties, the value is looked at", () => {
    const error = thrown(() => check("a.png", fileSchema, { component_prop_inputs: [1] }));
    expect(error.message).toContain("param_1 takes a file");
  });

  test("inside an instance of a class nobody would find it", () => {
    class Message {
      readonly file = new Handle();
    }
    expect(refusal([new Message()])).toContain("param_1[0].file is a file inside an instance");
  });

  test("a schema without end ends", () => {
    const branch = { $ref: "#/$defs/A" };
    const endless = { $defs: { A: { anyOf: [branch, branch, branch] } }, ...branch };
    expect(() => check("x", endless)).not.toThrow();
    const list = { $defs: { A: { type: "array", items: branch } }, ...branch };
    expect(() => check("x", list)).not.toThrow();
  });

  test("no schema of a server makes the check fail", () => {
    const schema = fc.letrec<{ schema: JsonObject }>((tie) => ({
      schema: fc.record(
        {
          $ref: fc.constantFrom("#/$defs/a", "#/definitions/__proto__", 5),
          $defs: fc.oneof(fc.jsonValue(), fc.record({ a: tie("schema") })),
          type: fc.oneof(fc.constantFrom("array", "object", "null"), fc.jsonValue()),
          anyOf: fc.oneof(
            { maxDepth: 3 },
            fc.jsonValue(),
            fc.array(tie("schema"), { maxLength: 3 }),
          ),
          items: fc.oneof({ maxDepth: 3 }, fc.jsonValue(), tie("schema")),
          properties: fc.oneof(
            { maxDepth: 3 },
            fc.jsonValue(),
            fc.record({ path: tie("schema"), meta: tie("schema") }),
          ),
          required: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    })).schema;
    fc.assert(
      fc.property(schema, fc.jsonValue(), (schema, value) => {
        try {
          check(value, schema);
        } catch (error) {
          expect(error).toHaveProperty("code", "INVALID_ARGUMENT");
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("request bodies", () => {
  test("are what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(encodeJson({ value })).toBe(JSON.stringify({ value }));
      }),
    );
  });

  test("keep numbers without a finite value as Python reads them", () => {
    expect(encodeJson({ data: [null, Number.NaN, { a: [Infinity, -Infinity] }, -0] })).toBe(
      '{"data":[null,NaN,{"a":[Infinity,-Infinity]},0]}',
    );
    expect(encodeJson([Number.NaN, "NaN", "null"])).toBe('[NaN,"NaN","null"]');
  });

  test("treat everything else beside such a number as JSON.stringify does", () => {
    const date = new Date(0);
    // oxlint-disable-next-line no-sparse-arrays
    const others = [date, { a: undefined, b: null, "c\u2028": "\u2028\ud800" }, undefined, , "x"];
    const marked = encodeJson([others, Number.NaN]);
    expect(marked).toBe(`[${JSON.stringify(others)},NaN]`);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(encodeJson([value, Number.NaN])).toBe(`[${JSON.stringify(value)},NaN]`);
      }),
    );
  });

  test("that cannot be written are the caller's mistake", () => {
    const error = thrown(() => encodeJson({ a: { toJSON: () => 1n } }));
    expect(error).toMatchObject({ name: "InputError", code: "INVALID_ARGUMENT" });
  });
});
