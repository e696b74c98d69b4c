import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAppId, readConfig } from "../../src/core/config.js";
import { ProtocolError } from "../../src/errors.js";

const longConfig = (): string => `{"app_id":14847431980467250649,"css":"${"x".repeat(32 << 20)}"}`;

describe("readConfig", () => {
  it("reads any JSON or says that it is no config: never anything else", () => {
    const hostile = fc.record(
      {
        dependencies: fc.jsonValue(),
        components: fc.jsonValue(),
        version: fc.jsonValue(),
        api_prefix: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), hostile), (raw) => {
        try {
          readConfig(raw, JSON.stringify(raw));
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the app's id, which no double can hold", () => {
    const text = '{"app_id":14847431980467250649,"dependencies":[]}';
    expect(readConfig(JSON.parse(text), text).appId).toBe("14847431980467250649");
  });

  it("keeps no more of the text than the app's id", () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const id = readAppId(longConfig());
    // The engine itself keeps what the last regular expression was about.
    expect(/\d+/.test(String(id))).toBe(true);
    collectGarbage();
    expect((process.memoryUsage().heapUsed - before) / (1 << 20)).toBeLessThan(16);
    expect(id).toBe("14847431980467250649");
  });

  it("numbers dependencies by id where there is one, else by place", () => {
    const raw = { dependencies: [{ id: 7, inputs: [], outputs: [] }, { inputs: [1, "x"] }] };
    const { dependencies } = readConfig(raw, "");
    expect(dependencies.map(({ fnIndex }) => fnIndex)).toEqual([7, 1]);
    expect(dependencies[1]?.inputs).toEqual([1]);
  });

  it.each([
    [{ api_name: "a" }, "public"],
    [{ api_name: "a", show_api: false }, "undocumented"],
    [{ api_name: false }, "private"],
    [{ api_name: "a", api_visibility: "private" }, "private"],
    [{ api_name: false, api_visibility: "public" }, "public"],
  ])("reads the visibility of %j as %s", (dependency, visibility) => {
    const [read] = readConfig({ dependencies: [dependency] }, "").dependencies;
    expect(read?.visibility).toBe(visibility);
  });

  it.each([
    [{ api_name: "/a" }, "a"],
    [{ api_name: false, api_visibility: "private" }, undefined],
    [{ api_name: false, api_visibility: "public" }, "False"],
    [{ api_name: null }, undefined],
  ])("reads the name of %j as %s", (dependency, apiName) => {
    const [read] = readConfig({ dependencies: [dependency] }, "").dependencies;
    expect(read?.apiName).toBe(apiName);
  });
});
