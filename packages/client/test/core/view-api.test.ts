import * as fc from "fast-check";
import * as ts from "typescript";
import { describe, expect, test } from "vitest";
import { describeApi, renderApi } from "../../src/core/view-api.js";
import { complaints } from "./compile.js";
import { component, fileSchema, rawConfig, rawInfo, read, table } from "./sample-app.js";

const address = "http://127.0.0.1:7860/";

function render(
  config: unknown = rawConfig,
  info: unknown = rawInfo,
  allEndpoints?: boolean,
): string {
  return renderApi(address, read(config), table(config, info), { allEndpoints });
}

/** An app with one endpoint that takes the given parameters. */
function appOf(
  parameters: readonly Record<string, unknown>[],
  more: object = {},
  told: object = {},
) {
  const config = {
    title: "one",
    version: "6.31.0",
    components: parameters.map((_, index) => component(index, "textbox")),
    dependencies: [
      { id: 0, api_name: "run", inputs: parameters.map((_, index) => index), outputs: [], ...more },
    ],
  };
  return [config, { named_endpoints: { "/run": { parameters, returns: [], ...told } } }] as const;
}

const old = { ...rawConfig, version: "3.50.2" };
const unnamed = old.dependencies.slice(0, 2).map(withoutName);

function withoutName(dependency: object): object {
  return { ...dependency, api_name: null };
}

describe("the API as an object", () => {
  test("holds the endpoints that the app lists", () => {
    const endpoints = table();
    const { namedEndpoints, unnamedEndpoints } = describeApi(endpoints);
    expect(Object.keys(namedEndpoints)).toContain("/greet");
    expect(Object.keys(namedEndpoints)).not.toContain("/hidden_helper");
    expect(namedEndpoints["/greet"]).toBe(endpoints.resolve("greet").info);
    expect(unnamedEndpoints).toEqual({});
  });

  test("and the undocumented ones when asked for, never the private ones", () => {
    const { namedEndpoints } = describeApi(table(), { allEndpoints: true });
    expect(namedEndpoints["/hidden_helper"]?.visibility).toBe("undocumented");
    expect(Object.keys(namedEndpoints)).not.toContain("/secret");
  });

  test("unnamed ones are there by their number", () => {
    const { unnamedEndpoints } = describeApi(table({ ...old, dependencies: unnamed }, null));
    expect(unnamedEndpoints[0]?.parameters).toHaveLength(2);
    expect(unnamedEndpoints[1]?.isGenerator).toBe(true);
  });
});

describe("the API as text", () => {
  test("says what app it is", () => {
    const [first, second] = render().split("\n");
    expect(first).toBe(`// sample app · ${address} · Gradio 6.31.0`);
    expect(second).toBe("// Named API endpoints: 11");
  });

  test("tells everything of an endpoint and how to call it", () => {
    const text = render();
    const start = text.indexOf("/**\n * /greet");
    expect(text.slice(start, text.indexOf("\n\n/**", start))).toBe(
      `/**
 * /greet
 * Says hello.
 *
 * Parameters:
 * - name: string — [Textbox] Name; default: "World"
 * - times: number — [Slider] Times; default: 2
 *
 * Returns:
 * - string — [Textbox] Result
 */
await client.predict<string>("/greet", { name: "World", times: 2 });`,
    );
    expect(text).toContain('await client.predict<[number, number]>("/divide", ');
    expect(text).toContain('\nawait client.predict("/nothing", {}, { oauthToken:');
    expect(text).toContain('for await (const value of client.submit("/count", …))');
  });

  test("is a module that compiles", () => {
    const text = render(rawConfig, rawInfo, true);
    expect(text).toContain("/hidden_helper (undocumented)");
    expect(text).not.toContain("secret");
    expect(complaints(text)).toEqual([]);
    expect(complaints(`${text}\nconst wrong: number = "text";`)).toHaveLength(2);
  });

  test("imports what it uses and nothing else", () => {
    expect(render()).toContain(
      'import { Client, handleFile, type GradioFile } from "@gradio-kit/client";',
    );
    const text = render(...appOf([{ parameter_name: "a", type: { type: "string" } }]));
    expect(text).toContain('import { Client } from "@gradio-kit/client";');
    expect(complaints(text)).toEqual([]);
  });

  test("unnamed endpoints are counted beside named ones, and listed without or when asked for", () => {
    const both = { ...old, dependencies: [...unnamed, ...old.dependencies.slice(2, 3)] };
    const counted = render(both, null);
    expect(counted).toContain(
      "Unnamed API endpoints: 2, to see them: viewApi({ allEndpoints: true })",
    );
    expect(counted).not.toContain("predict<string>(0");
    for (const listed of [
      render(both, null, true),
      render({ ...old, dependencies: unnamed }, null),
    ]) {
      expect(listed).toContain("Unnamed API endpoints: 2\n");
      expect(listed).toContain("await client.predict<string>(0, { name:");
      expect(complaints(listed)).toEqual([]);
    }
  });

  test("files are passed by an address that everybody can reach", () => {
    const there = { path: "https://example.com/a.pdf", meta: { _type: "gradio.FileData" } };
    const here = {
      path: "/tmp/gradio/a.pdf",
      url: "/gradio_api/file=/tmp/gradio/a.pdf",
      meta: there.meta,
    };
    const text = render(
      ...appOf([
        { parameter_name: "needed", type: fileSchema, example_input: [there] },
        {
          parameter_name: "given",
          type: fileSchema,
          parameter_has_default: true,
          parameter_default: here,
        },
        { parameter_name: "unknown", type: fileSchema },
      ]),
    );
    expect(text).toContain('needed: [handleFile("https://example.com/a.pdf")]');
    expect(text).toContain('unknown: handleFile("https://');
    expect(text).toContain("default: a file of the app");
    expect(text).not.toContain("given: {");
    expect(text).not.toContain("/tmp/gradio");
    expect(complaints(text)).toEqual([]);
  });

  test("long examples are shortened, and still compile", () => {
    const text = render(
      ...appOf([
        { parameter_name: "text", example_input: "😀".repeat(5000) },
        {
          parameter_name: "list",
          example_input: Array.from({ length: 500 }, (_, index) => [index]),
        },
        {
          parameter_name: "object",
          example_input: Object.fromEntries(
            Array.from({ length: 50 }, (_, index) => ["k".repeat(1000 + index), index]),
          ),
        },
      ]),
    );
    expect(text.length).toBeLessThan(3000);
    expect(complaints(text)).toEqual([]);
  });

  test("a long type does not push the rest of what is known out of sight", () => {
    const choices = Array.from({ length: 300 }, (_, index) => `choice ${index}`);
    const text = render(
      ...appOf([{ parameter_name: "a", label: "Pick one", type: { enum: choices } }]),
    );
    expect(text).toMatch(/ - a: "choice 0" \| .*… — \[Textbox\] Pick one; required\n/);
  });

  test("nothing that an app says can end a comment or move the cursor", () => {
    const nasty = "*/ alert(1) /*\n*/\r\u2028evil()\u001b[2J\u202e`${x}`\"'\\";
    const [config, info] = appOf(
      [
        {
          parameter_name: nasty,
          label: nasty,
          component: nasty,
          type: { enum: [nasty], description: nasty },
          parameter_has_default: true,
          parameter_default: { [nasty]: nasty, ["__proto__"]: 1 },
        },
        { parameter_name: "__proto__", type: { type: "string" } },
        { parameter_name: "__proto__", type: { type: "string" } },
      ],
      { api_name: nasty, types: { generator: true } },
      { description: nasty },
    );
    const [endpoint] = Object.values(info.named_endpoints);
    const text = render(
      { ...config, title: nasty },
      { named_endpoints: { [`/${nasty}`]: endpoint } },
    );
    expect(complaints(text)).toEqual([]);
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028\u202e]/);
    const { statements } = ts.createSourceFile("pasted.ts", text, ts.ScriptTarget.ES2022);
    expect(statements.map(({ kind }) => ts.SyntaxKind[kind])).toEqual([
      "ImportDeclaration",
      "FirstStatement",
      "ExpressionStatement",
    ]);
  });

  test("whatever the app, the text compiles", () => {
    const odd = fc.oneof(fc.string(), fc.constantFrom("*/", "\u2028", "__proto__", "class", "a"));
    const value = fc.oneof(fc.jsonValue(), odd);
    const parameter = fc.record(
      {
        parameter_name: odd,
        label: odd,
        component: odd,
        type: fc.oneof(
          fc.constantFrom(fileSchema, { type: "string" }, { type: "array", items: fileSchema }),
          fc.record({ enum: fc.array(odd), description: odd }),
        ),
        parameter_has_default: fc.boolean(),
        parameter_default: value,
        example_input: value,
      },
      { requiredKeys: [] },
    );
    const app = fc.record({
      parameters: fc.array(parameter, { maxLength: 4 }),
      returns: fc.array(
        fc.record({ label: odd, type: fc.constantFrom(fileSchema, { type: "number" }) }),
      ),
      description: odd,
    });
    const apps = fc.sample(app, { numRuns: 200 });
    const dependencies = apps.map(({ parameters, returns }, id) => ({
      id,
      api_name: `e${id}`,
      inputs: parameters.map((_, index) => index),
      outputs: returns.map((_, index) => index),
    }));
    const config = {
      components: Array.from({ length: 20 }, (_, id) => component(id, "textbox")),
      dependencies,
    };
    const info = { named_endpoints: Object.fromEntries(apps.map((told, id) => [`/e${id}`, told])) };
    const text = render(config, info);
    expect(complaints(text), text).toEqual([]);
  });

  test("a thousand endpoints make one module", () => {
    const dependencies = Array.from({ length: 1000 }, (_, id) => ({
      ...rawConfig.dependencies[0],
      id,
      api_name: `greet_${id}`,
    }));
    const text = render({ ...rawConfig, dependencies }, null);
    expect(text.match(/^await client\.predict/gm)).toHaveLength(1000);
    expect(complaints(text)).toEqual([]);
  });
});
