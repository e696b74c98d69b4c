import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findApiEndpoint, readApiInfo } from "../../src/core/api-info.js";

describe("what /info says", () => {
  test("an endpoint is found by its name, and an unnamed one by its number", () => {
    const info = readApiInfo({
      named_endpoints: { "/greet": { parameters: [{ parameter_name: "name" }], returns: [] } },
      unnamed_endpoints: { "18": { parameters: [{ label: "Eighteen" }], returns: [] } },
    });
    expect(findApiEndpoint(info, "greet", 0)?.parameters[0]?.parameterName).toBe("name");
    expect(findApiEndpoint(info, undefined, 18)?.parameters[0]?.label).toBe("Eighteen");
    expect(findApiEndpoint(info, "other", 1)).toBeUndefined();
  });

  test("names that every object has are not endpoints", () => {
    const info = readApiInfo({ named_endpoints: {}, unnamed_endpoints: {} });
    expect(findApiEndpoint(info, "constructor", 0)).toBeUndefined();
    expect(findApiEndpoint(readApiInfo({}), "toString", 0)).toBeUndefined();
  });

  test("members of the wrong type count as not said", () => {
    const info = readApiInfo({
      named_endpoints: {
        "/odd": {
          parameters: [null, { label: 5, type: "string", parameter_has_default: "yes" }],
          returns: "none",
          description: ["?"],
          oauth_token: "maybe",
        },
        "/worse": { parameters: {} },
        "/worst": 7,
      },
    });
    const odd = findApiEndpoint(info, "odd", 0);
    const silent = {
      label: undefined,
      component: undefined,
      schema: undefined,
      parameterName: undefined,
      hasDefault: undefined,
      default: undefined,
      example: undefined,
    };
    expect(odd).toEqual({
      parameters: [silent, silent],
      returns: [],
      description: undefined,
      oauthToken: undefined,
    });
    expect(findApiEndpoint(info, "worse", 0)).toBeUndefined();
    expect(findApiEndpoint(info, "worst", 0)).toBeUndefined();
  });

  test("no answer of a server makes the reader fail", () => {
    const endpoint = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          parameters: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
          returns: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
        },
        { requiredKeys: [] },
      ),
    );
    const answer = fc.oneof(
      fc.jsonValue(),
      fc.record({ named_endpoints: fc.record({ "/a": endpoint }), unnamed_endpoints: endpoint }),
    );
    fc.assert(
      fc.property(answer, (raw) => {
        const found = findApiEndpoint(readApiInfo(raw), "a", 0);
        expect(found === undefined || Array.isArray(found.parameters)).toBe(true);
      }),
    );
  });
});
