import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appWith, rawConfig, table, thrown } from "./sample-app.js";

describe("finding an endpoint", () => {
  test("by name, with and without the slash, and by number", () => {
    const endpoints = table();
    const greet = endpoints.resolve("/greet");
    expect(greet.info.apiName).toBe("/greet");
    expect(endpoints.resolve("greet")).toBe(greet);
    expect(endpoints.resolve(0)).toBe(greet);
  });

  test("the number is the id that the app gives, not the place in its list", () => {
    expect(table().resolve(7).info.apiName).toBe("/hidden_helper");
    expect(() => table().resolve(6)).toThrow("no endpoint 6");
  });

  test("a name may contain slashes", () => {
    expect(appWith([{ api_name: "a/b" }]).resolve("/a/b").info.fnIndex).toBe(0);
  });

  test("without a name it is the only public endpoint", () => {
    const app = appWith([
      { api_visibility: "private" },
      { api_name: "run" },
      { api_visibility: "undocumented" },
      { backend_fn: false },
    ]);
    expect(app.resolve(undefined).info.apiName).toBe("/run");
  });

  test("without a name and with several public endpoints, the names are listed", () => {
    const error = thrown(() => table().resolve(undefined));
    expect(error.code).toBe("AMBIGUOUS_ENDPOINT");
    expect(error.message).toContain("/greet, /count, /divide");
    expect(error.message).not.toMatch(/secret|hidden_helper|browser_only/);
    const none = thrown(() => appWith([]).resolve(undefined));
    expect(none).toMatchObject({ code: "AMBIGUOUS_ENDPOINT" });
  });

  test("an unknown name lists what there is and suggests the nearest", () => {
    const error = thrown(() => table().resolve("/gret"));
    expect(error.code).toBe("UNKNOWN_ENDPOINT");
    expect(error.message).toContain('Did you mean "/greet"?');
    expect(error.message).toContain("/count");
    expect(error.message).not.toMatch(/secret|hidden_helper/);
    expect(thrown(() => table().resolve("something else")).message).not.toContain("Did you mean");
  });

  test("names that every object has are unknown", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(thrown(() => table().resolve(name)).code).toBe("UNKNOWN_ENDPOINT");
    }
  });

  test("neither a name nor a number", () => {
    const error = thrown(() => table().resolve({} as unknown as string));
    expect(error).toMatchObject({ code: "UNKNOWN_ENDPOINT" });
    expect(error.message).toContain("not an object");
    expect(thrown(() => table().resolve(Number.NaN)).code).toBe("UNKNOWN_ENDPOINT");
  });

  test("a long list is cut, and a long name too", () => {
    const app = appWith(Array.from({ length: 1000 }, () => ({})));
    const error = thrown(() => app.resolve("x".repeat(100_000)));
    expect(error.message).toContain("and 980 more");
    expect(error.message.length).toBeLessThan(1000);
    const huge = appWith(
      Array.from({ length: 20 }, (_, id) => ({ api_name: `${id}${"y".repeat(50_000)}` })),
    );
    expect(thrown(() => huge.resolve("x".repeat(50_000))).message.length).toBeLessThan(6000);
  });
});

describe("what the app keeps to itself", () => {
  test("private endpoints are refused by name and by number", () => {
    for (const name of ["/secret", 8]) {
      const error = thrown(() => table().resolve(name));
      expect(error.code).toBe("UNKNOWN_ENDPOINT");
      expect(error.message).toContain("private");
    }
  });

  test("before Gradio 6, `api_name: false` is private and `show_api: false` undocumented", () => {
    const old = { api_visibility: undefined };
    const app = appWith([
      { ...old, api_name: false, show_api: true },
      { ...old, api_name: "quiet", show_api: false },
      { ...old, api_name: "loud", show_api: true },
    ]);
    expect(thrown(() => app.resolve(0)).message).toContain("private");
    expect(app.resolve("quiet").info.visibility).toBe("undocumented");
    expect(app.resolve(undefined).info.apiName).toBe("/loud");
  });

  test("events that run in the browser cannot be called", () => {
    expect(thrown(() => table().resolve("browser_only")).message).toContain("no function");
  });

  test("a private endpoint does not hide an open one of the same name", () => {
    const app = appWith([{ api_name: "run", api_visibility: "private" }, { api_name: "run" }]);
    expect(app.resolve("run").info.fnIndex).toBe(1);
  });
});

describe("what is known of an endpoint", () => {
  test("everything that /info says", () => {
    expect(table().resolve("greet").info).toEqual({
      apiName: "/greet",
      fnIndex: 0,
      description: "Says hello.",
      visibility: "public",
      parameters: [
        {
          parameterName: "name",
          label: "Name",
          component: "Textbox",
          type: { type: "string" },
          tsType: "string",
          hasDefault: true,
          default: "World",
          example: "Hello!!",
          description: undefined,
        },
        {
          parameterName: "times",
          label: "Times",
          component: "Slider",
          type: { type: "number" },
          tsType: "number",
          hasDefault: true,
          default: 2,
          example: 1,
          description: undefined,
        },
      ],
      returns: [
        { label: "Result", component: "Textbox", type: { type: "string" }, tsType: "string" },
      ],
      isGenerator: false,
      isQueued: true,
      requiresOAuthToken: false,
    });
  });

  test("without /info the config tells", () => {
    const { parameters, returns } = table(rawConfig, null).resolve("between").info;
    expect(parameters).toMatchObject([
      { parameterName: "text", label: "Text", component: "Textbox", hasDefault: false },
      // The number in the name counts the State between them, as Gradio does.
      { parameterName: "param_2", label: "parameter_5", component: "Number", tsType: "number" },
    ]);
    expect(returns).toMatchObject([{ label: "Result", component: "Textbox", tsType: "string" }]);
    expect(table(rawConfig, null).resolve("greet").info.parameters).toMatchObject([
      { hasDefault: true, default: "World" },
      { hasDefault: true, default: 2, description: "between 1 and 10" },
    ]);
  });

  test("an /info that counts other components than the config is not trusted", () => {
    expect(table().resolve("count").info.parameters).toMatchObject([
      { parameterName: "number", label: "Number", default: 3 },
    ]);
  });

  test("State, buttons and layout never show", () => {
    expect(
      table()
        .resolve("between")
        .info.parameters.map(({ label }) => label),
    ).toEqual(["Text", "Number"]);
    expect(table().resolve("props_of_button").info.parameters).toHaveLength(1);
    expect(
      table()
        .resolve("layout")
        .info.returns.map(({ label }) => label),
    ).toEqual(["Result"]);
  });

  test("generators, unqueued functions and functions that want a token", () => {
    expect(table().resolve("count").info.isGenerator).toBe(true);
    expect(table().resolve("echo").info.isQueued).toBe(false);
    const optional = table().resolve("optional");
    expect([optional.info.requiresOAuthToken, optional.acceptsOAuthToken]).toEqual([false, true]);
    const required = table().resolve("nothing");
    expect([required.info.requiresOAuthToken, required.acceptsOAuthToken]).toEqual([true, true]);
    expect(table().resolve("greet").acceptsOAuthToken).toBe(false);
  });

  test("an optional None shows in the type", () => {
    const [a, b] = table().resolve("optional").info.parameters;
    expect([a?.tsType, b?.tsType]).toEqual(["string", "number | null"]);
    expect(b).toMatchObject({ hasDefault: true, default: null });
  });

  test("a Dropdown that takes custom values is not typed by its choices", () => {
    const choices = { type: "string", enum: ["a", "b"] };
    const app = (props: Record<string, unknown>) =>
      table({
        components: [{ id: 1, type: "dropdown", props, skip_api: false, api_info: choices }],
        dependencies: [{ id: 0, api_name: "pick", inputs: [1], outputs: [] }],
      }).resolve("pick").info.parameters[0]?.tsType;
    expect(app({})).toBe('"a" | "b"');
    expect(app({ allow_custom_value: true })).toBe("string");
  });

  test("all of them, in the app's order", () => {
    const endpoints = table();
    expect(endpoints.all.map(({ apiName }) => apiName)).toEqual([
      "/greet",
      "/count",
      "/divide",
      "/between",
      "/shout",
      "/echo",
      "/hidden_helper",
      "/nothing",
      "/props",
      "/props_of_button",
      "/layout",
      "/optional",
    ]);
    expect(endpoints.all).toBe(endpoints.all);
    expect(endpoints.all[0]).toBe(endpoints.resolve("greet").info);
  });

  test("nothing is read of an endpoint that nobody asks for", () => {
    const endpoints = Object.defineProperty({}, "/greet", {
      enumerable: true,
      get: () => expect.unreachable("/greet was read"),
    });
    const app = table(rawConfig, { named_endpoints: endpoints });
    expect(app.resolve("between").info.apiName).toBe("/between");
    expect(() => app.resolve("greet")).toThrow("/greet was read");
  });

  test("no answer of a server makes it fail", () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constant([1, 2]));
    const raw = fc.record({
      components: fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc.record({ id: fc.nat(3), type: odd, props: odd, api_info: odd }),
        ),
      ),
      dependencies: fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc.record({ id: odd, api_name: odd, inputs: odd, outputs: odd, types: odd }),
        ),
      ),
    });
    fc.assert(
      fc.property(raw, fc.jsonValue(), (config, info) => {
        const endpoints = table(config, info);
        for (const { fnIndex } of endpoints.all) {
          expect(endpoints.resolve(fnIndex).info.fnIndex).toBe(fnIndex);
        }
      }),
    );
  });
});
