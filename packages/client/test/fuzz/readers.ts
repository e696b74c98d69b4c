import { readApiInfo } from "../../src/core/api-info.js";
import { bindArguments } from "../../src/core/arguments.js";
import { readConfig } from "../../src/core/config.js";
import { EndpointTable } from "../../src/core/endpoints.js";
import { initialState, reduce, type JobState } from "../../src/core/job-state.js";
import { readMessage } from "../../src/core/messages.js";
import { findPageConfig } from "../../src/core/page-config.js";
import { describeApi, renderApi } from "../../src/core/view-api.js";
import { createEventReader } from "../../src/io/event-stream.js";
import { parseJson } from "../../src/io/parse-json.js";
import type { TransportResponse } from "../../src/io/platform.js";
import { SizeLimit } from "../../src/io/size-limit.js";
import { nodeAnswer } from "../io/answers.js";
import type { Dice } from "./mutate.js";

/** What reads the answers of a server. */
export interface Reader {
  readonly name: string;
  /** Answers as servers give them. */
  readonly samples: readonly string[];
  read(text: string, dice: Dice): void | Promise<void>;
}

const url = "http://app.example/";
const config = JSON.stringify({
  version: "6.31.0",
  protocol: "sse_v3",
  api_prefix: "/gradio_api",
  app_id: 123456789,
  max_file_size: 1000,
  components: [
    { id: 1, type: "textbox", props: { label: "Text", value: "a" }, api_info: { type: "string" } },
    { id: 2, type: "dropdown", props: { choices: [["a", 1]], label: "One" }, skip_api: false },
    { id: 3, type: "state", props: {} },
    {
      id: 4,
      type: "image",
      props: {},
      api_info: {
        $ref: "#/$defs/ImageData",
        $defs: {
          ImageData: {
            properties: { path: { type: "string" }, meta: { const: { _type: "gradio.FileData" } } },
          },
        },
      },
    },
  ],
  dependencies: [
    {
      id: 0,
      api_name: "greet",
      inputs: [1, 2, 3],
      outputs: [4, 1],
      types: { generator: true },
      cancels: [],
    },
    {
      id: 7,
      api_name: false,
      inputs: [],
      outputs: [],
      cancels: [0],
      backend_fn: true,
      queue: false,
    },
  ],
});
const info = JSON.stringify({
  named_endpoints: {
    "/greet": {
      parameters: [
        {
          label: "Text",
          parameter_name: "text",
          parameter_has_default: true,
          parameter_default: "a",
          type: { type: "string" },
          python_type: { type: "str" },
          component: "Textbox",
          example_input: "Hello",
        },
        {
          label: "One",
          parameter_name: "one",
          type: { anyOf: [{ type: "array", items: {} }, { enum: ["a"] }] },
          component: "Dropdown",
        },
      ],
      returns: [{ label: "Picture", type: { $ref: "#/x" }, component: "Image" }],
      description: "Greets.",
    },
  },
  unnamed_endpoints: { "7": { parameters: [], returns: [] } },
});
const messages = [
  { msg: "estimation", event_id: "e", rank: 0, queue_size: 1, rank_eta: 0.5 },
  { msg: "process_starts", event_id: "e", eta: 1 },
  {
    msg: "progress",
    event_id: "e",
    progress_data: [{ index: 1, length: 2, unit: "u", desc: "d" }],
  },
  { msg: "log", event_id: "e", log: "text", level: "info", title: "T", duration: 3, visible: true },
  {
    msg: "process_generating",
    event_id: "e",
    success: true,
    output: { data: [{ a: ["x"] }, "b"] },
  },
  {
    msg: "process_generating",
    event_id: "e",
    success: true,
    output: {
      data: [
        [
          ["append", ["a", 0], "y"],
          ["add", ["a", 1], 2],
          ["delete", ["a", 1], null],
        ],
        [["replace", [], "c"]],
      ],
    },
  },
  {
    msg: "process_completed",
    event_id: "e",
    success: true,
    output: { data: [{ a: ["xy"] }, "c"] },
  },
  {
    msg: "process_completed",
    event_id: "e",
    success: false,
    output: { error: "Oh", title: "T", duration: 1, visible: true },
  },
  { msg: "heartbeat", event_id: null },
  { msg: "unexpected_error", event_id: null, message: "404", session_not_found: true },
  { msg: "close_stream", event_id: null },
].map((message) => JSON.stringify(message));

/** Everything that reads what a server says of itself, and what it says of jobs. */
export const readers: readonly Reader[] = [
  {
    name: "config",
    samples: [config],
    read: (text) => use(text, info),
  },
  {
    name: "info",
    samples: [info],
    read: (text) => use(config, text),
  },
  {
    name: "page",
    samples: [`<html><script>window.gradio_config = ${config};</script></html>`],
    read: (text) => void findPageConfig(text),
  },
  {
    name: "event stream",
    samples: [messages.map((message) => `data: ${message}\n\n`).join("")],
    read: async (text, dice) => {
      let state: JobState = initialState;
      const event = (data: string): void => {
        const message = readMessage(parseJson(data, url));
        if (message === undefined || message.type !== "job") return;
        const [quotesErrors, confusesRuns] = [dice.below(2) === 0, dice.below(2) === 0];
        const encoding = { diffs: true, quotesErrors, confusesRuns, generator: true };
        state = reduce(state, message.body, encoding).state;
      };
      await createEventReader(new SizeLimit(100_000, url), { event })(inPieces(text, dice));
    },
  },
];

function use(configText: string, infoText: string): void {
  const read = readConfig(parseJson(configText, url), configText);
  const table = new EndpointTable(read, readApiInfo(parseJson(infoText, url)));
  renderApi(url, read, table, { allEndpoints: true });
  describeApi(table);
  for (const { fnIndex, parameters } of table.all) {
    const values = parameters.map(() => null);
    bindArguments(table.resolve(fnIndex), values);
  }
}

/** An answer that comes in pieces of any size, inside of characters too. */
function inPieces(text: string, dice: Dice): TransportResponse {
  const bytes = new TextEncoder().encode(text);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 0) {
    pieces.push(bytes.subarray(at, at + 1 + dice.below(200)));
  }
  return nodeAnswer(pieces);
}
