import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readApiInfo } from "../../src/core/api-info.js";
import { bindArguments } from "../../src/core/arguments.js";
import { readConfig } from "../../src/core/config.js";
import { EndpointTable } from "../../src/core/endpoints.js";
import { describeApi, renderApi } from "../../src/core/view-api.js";
import { InputError, ProtocolError } from "../../src/errors.js";
import { Requests } from "../../src/io/requests.js";
import { ResultFiles } from "../../src/io/result-files.js";
import { NodeTransport } from "../../src/platform/node/transport.js";
import { dialectOf } from "../../src/protocols/index.js";
import { ResultReader } from "../../src/result.js";

/** What is wanted, and in one of four cases anything else. */
function odd<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 3, arbitrary: value as fc.Arbitrary<unknown> }, fc.jsonValue());
}

/** An object of which members may be missing. */
function oddObject(members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return odd(fc.record(members, { requiredKeys: [] }));
}

const id = fc.integer({ min: 0, max: 4 });
const ids = odd(fc.array(odd(id), { maxLength: 4 }));
const flag = odd(fc.boolean());
const text = odd(fc.constantFrom("a", "b", "", "__proto__", "constructor", "a/b", "N"));
const type = odd(
  fc.constantFrom("textbox", "image", "file", "state", "button", "gallery", "audio", "number"),
);
const file = { properties: { name: {}, data: {} } };
const schema = odd(
  fc.constantFrom<object>(
    { type: "string" },
    { oneOf: [{ type: "string" }, file, { type: "array", items: { anyOf: [file] } }] },
    { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } },
    { type: "array", prefixItems: [file, { oneOf: [null, 5] }] },
  ),
);
const component = oddObject({
  id: odd(id),
  type,
  props: oddObject({ label: text, value: fc.jsonValue(), file_count: text }),
  skip_api: flag,
  serializer: text,
  api_info: fc.oneof(schema, oddObject({ info: schema })),
});
const dependency = oddObject({
  id: odd(id),
  api_name: text,
  inputs: ids,
  outputs: ids,
  cancels: ids,
  queue: flag,
  backend_fn: flag,
  show_api: flag,
  types: oddObject({ generator: flag, cancel: flag }),
  component_prop_inputs: ids,
});
const config = oddObject({
  version: odd(fc.constantFrom("3.50.2\n", "4.0.2", "4.20.1", "6.31.0", "", "2.1", "x")),
  protocol: odd(fc.constantFrom("ws", "sse", "sse_v1", "sse_v2", "sse_v3", "sse_v9")),
  api_prefix: odd(fc.constantFrom("", "/gradio_api", "//", "x")),
  enable_queue: flag,
  components: odd(fc.array(component)),
  dependencies: fc.oneof({ weight: 9, arbitrary: fc.array(dependency) }, fc.jsonValue()),
});
const described = oddObject({
  parameters: odd(
    fc.array(
      oddObject({
        label: text,
        parameter_name: text,
        type: schema,
        component: type,
        example_input: text,
      }),
    ),
  ),
  returns: odd(fc.array(oddObject({ label: text, type: schema, component: type }))),
});
const info = oddObject({
  named_endpoints: odd(fc.dictionary(fc.constantFrom("/a", "/b", "/__proto__", "a"), described)),
  unnamed_endpoints: odd(fc.dictionary(fc.constantFrom("0", "1", "x"), described)),
});

/** What its functions give. */
const values = fc.array(
  odd(
    oddObject({
      name: text,
      path: text,
      data: odd(fc.constantFrom("data:text/plain;base64,YQ==", "data:,", "")),
      is_file: flag,
      orig_name: text,
      url: text,
      meta: oddObject({ _type: odd(fc.constant("gradio.FileData")) }),
      value: text,
    }),
  ),
  { maxLength: 4 },
);

const settings = { disk: undefined, mimeType: () => undefined, maxFileSize: undefined };
const bare = {
  eventData: undefined,
  triggerId: undefined,
  oauthToken: undefined,
  headers: {},
  retry: undefined,
};

describe("whatever an app says of itself", () => {
  it("leads to a client that works, or to a ProtocolError that names the place", async () => {
    const transport = new NodeTransport();
    const requests = new Requests(transport, "http://127.0.0.1:1/", {});
    const files = new ResultFiles(requests, undefined, () => undefined);
    const use = async (
      rawConfig: unknown,
      rawInfo: unknown,
      results: readonly unknown[],
    ): Promise<void> => {
      const read = readConfig(rawConfig, JSON.stringify(rawConfig));
      const dialect = await dialectOf(read, requests, () => undefined);
      dialect.openSession("s").close();
      const app = { config: read, info: readApiInfo(rawInfo) };
      const api = dialect.describe?.(app) ?? app;
      const table = new EndpointTable(api.config, api.info);
      renderApi("src", read, table, { allEndpoints: true });
      describeApi(table);
      for (const { fnIndex, parameters } of table.all) {
        const endpoint = table.resolve(fnIndex);
        const data = bindArguments(
          endpoint,
          parameters.map(() => null),
        );
        const { signal } = new AbortController();
        const scope = { session: {}, signal };
        expect(await dialect.sendFiles({ ...bare, endpoint, data }, settings, scope)).toEqual(data);
        new ResultReader(endpoint, files, dialect.files).read(results, false);
      }
    };
    await fc.assert(
      fc.asyncProperty(config, info, values, async (rawConfig, rawInfo, results) => {
        try {
          await use(rawConfig, rawInfo, results);
        } catch (error) {
          // Two dependencies may have the same number: only one of them can be called by it.
          if (error instanceof InputError) return;
          expect(error).toBeInstanceOf(ProtocolError);
          expect((error as ProtocolError).message).toMatch(/^config[.:]/);
        }
      }),
      { numRuns: 500 },
    );
    transport.close();
  });
});
