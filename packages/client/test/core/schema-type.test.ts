import * as fc from "fast-check";
import * as ts from "typescript";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/core/json.js";
import { tsTypeOf } from "../../src/core/schema-type.js";
import { fileSchema, gallerySchema, imageSchema } from "./sample-app.js";

/** The first syntax error of a type, if there is one. */
function syntaxError(type: string): string | undefined {
  const { diagnostics } = ts.transpileModule(`type T = ${type};`, { reportDiagnostics: true });
  const [first] = diagnostics ?? [];
  return first && ts.flattenDiagnosticMessageText(first.messageText, "\n");
}

const input = (schema: JsonObject) => tsTypeOf(schema, "input");

describe("a schema as a TypeScript type", () => {
  test.each<[string, JsonObject]>([
    ["string", { type: "string" }],
    ["number", { type: "number", description: "between 1 and 10" }],
    ["number", { type: "integer" }],
    ["boolean", { type: "boolean" }],
    ["null", { type: "null" }],
    ["unknown", {}],
    ["unknown", { type: {}, description: "any valid json" }],
    ["unknown", { type: "constructor" }],
    ["string | null", { type: ["string", "null"] }],
    ['"a" | "b\\"" | 3 | null', { enum: ["a", 'b"', 3, null, "a"], type: "string" }],
    ['"pending"', { const: "pending", type: "string" }],
    ["string[]", { type: "array", items: { type: "string" } }],
    ["unknown[]", { type: "array" }],
    ['("a" | "b")[]', { type: "array", items: { enum: ["a", "b"] } }],
    ["[string, number]", { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] }],
    [
      "[string, ...(number | null)[]]",
      {
        type: "array",
        prefixItems: [{ type: "string" }],
        items: { anyOf: [{ type: "number" }, { type: "null" }] },
      },
    ],
    ["[string]", { type: "array", items: [{ type: "string" }] }],
    ["Record<string, unknown>", { type: "object" }],
    ["Record<string, number>", { type: "object", additionalProperties: { type: "number" } }],
    [
      '{ text: string; "orig-name"?: string | null }',
      {
        type: "object",
        properties: {
          text: { type: "string" },
          "orig-name": { anyOf: [{ type: "string" }, { type: "null" }] },
        },
        required: ["text"],
      },
    ],
    ["string", { anyOf: [{ type: "string" }, { type: "string" }] }],
    ["unknown", { enum: [], type: "string" }],
    ["string | number", { oneOf: [{ type: "string" }, { type: "number" }, { type: "integer" }] }],
    ["unknown", { anyOf: [{ type: "string" }, {}] }],
    [
      "{ a?: string } & ({ b?: number } | null)",
      {
        allOf: [
          { properties: { a: { type: "string" } } },
          { anyOf: [{ properties: { b: { type: "number" } } }, { type: "null" }] },
          {},
        ],
      },
    ],
    [
      "(string | number)[]",
      {
        $defs: { "a/b": { type: ["string", "number"] } },
        type: "array",
        items: { $ref: "#/$defs/a~1b" },
      },
    ],
    ["boolean", { definitions: { A: { type: "boolean" } }, $ref: "#/definitions/A" }],
    ["unknown", { $ref: "#/$defs/missing" }],
  ])("%s", (type, schema) => {
    expect(input(schema)).toBe(type);
    expect(syntaxError(type)).toBeUndefined();
  });

  test("a file is what a caller passes, or gets", () => {
    expect(tsTypeOf(fileSchema, "input")).toBe("FileInput");
    expect(tsTypeOf(imageSchema, "output")).toBe("GradioFile");
    expect(tsTypeOf(gallerySchema, "input")).toBe(
      "({ image: FileInput; caption?: string | null } | { video: FileInput; caption?: string | null })[]",
    );
    // Before 4.21 files bore no mark.
    const old = { type: "object", properties: { path: {}, url: {}, orig_name: {} } };
    expect(tsTypeOf(old, "output")).toBe("GradioFile");
    const path = { type: "object", properties: { path: { type: "string" } } };
    expect(tsTypeOf(path, "output")).toBe("{ path?: string }");
  });

  test("a type that contains itself is cut there", () => {
    const tree = {
      $defs: {
        Tree: { properties: { children: { type: "array", items: { $ref: "#/$defs/Tree" } } } },
      },
    };
    expect(input({ ...tree, $ref: "#/$defs/Tree" })).toBe("{ children?: unknown[] }");
    expect(input({ $ref: "#" })).toBe("unknown");
  });

  test("schemas that grow without end are cut", () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => {
        const next = { $ref: `#/$defs/${level + 1}` };
        return [String(level), { type: "object", properties: { a: next, b: next } }];
      }),
    );
    const type = input({ $defs: definitions, $ref: "#/$defs/0" });
    expect(type.length).toBeLessThan(200_000);
    expect(syntaxError(type)).toBeUndefined();
    let deep: JsonObject = { type: "string" };
    for (let level = 0; level < 10_000; level += 1) deep = { type: "array", items: deep };
    expect(syntaxError(input(deep))).toBeUndefined();
  });

  test("whatever a server says, the type is one that TypeScript reads", () => {
    const schema = fc.letrec<{ schema: JsonObject }>((tie) => {
      const odd = fc.jsonValue({ maxDepth: 1 });
      const inner = fc.oneof({ maxDepth: 3, depthIdentifier: "schema" }, odd, tie("schema"));
      const name = fc.oneof(
        fc.string(),
        fc.constantFrom("a", "__proto__", "class", "*/", "\u2028"),
      );
      return {
        schema: fc.record(
          {
            $ref: fc.constantFrom("#/$defs/a", "#/$defs/b", "#/definitions/__proto__"),
            $defs: fc.record({ a: inner, b: inner }),
            type: fc.oneof(
              fc.constantFrom("array", "object", "string", "null"),
              fc.constant(["string", "array"]),
              odd,
            ),
            anyOf: fc.oneof(odd, fc.array(inner, { maxLength: 3 })),
            allOf: fc.array(inner, { maxLength: 3 }),
            items: fc.oneof(inner, fc.array(inner, { maxLength: 3 })),
            prefixItems: fc.array(inner, { maxLength: 3 }),
            properties: fc.dictionary(name, inner, { maxKeys: 3 }),
            additionalProperties: inner,
            required: fc.array(name, { maxLength: 3 }),
            enum: fc.array(fc.oneof(odd, name), { maxLength: 3 }),
            const: fc.oneof(odd, name),
          },
          { requiredKeys: [] },
        ),
      };
    }).schema;
    fc.assert(
      fc.property(schema, (schema) => {
        const type = input(schema);
        expect(syntaxError(type), type).toBeUndefined();
        expect(input(schema)).toBe(type);
      }),
    );
  });
});
