import { createHash } from "node:crypto";
import { basename } from "node:path";
import {
  audio,
  chatbot,
  file,
  files,
  gallery,
  image,
  json,
  multimodalTextbox,
  textbox,
} from "@gradio-kit/testing";
import type { Endpoint, FileData, RunContext } from "@gradio-kit/testing";
import { define } from "./facts.js";
import type { Facts } from "./facts.js";
import { invert, picture } from "./picture.js";

const AWKWARD_NAME = "weird #na%20me é.txt";

async function describe(upload: FileData, context: RunContext): Promise<object> {
  const content = await context.readFile(upload);
  return {
    name: basename(upload.path),
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  };
}

const describeAll = (uploads: readonly FileData[], context: RunContext) =>
  Promise.all(uploads.map((upload) => describe(upload, context)));

export const describeFile: Endpoint = define({
  apiName: "describe_file",
  inputs: [file("Upload", { name: "upload" })],
  outputs: [json("Anything")],
  run: describe,
});

/** The counterpart of files.py; `defaultFile` is filled in once the server can hold files. */
export function fileEndpoints(facts: Facts, defaultFile: object): Endpoint[] {
  const anything = json("Anything");
  const result = file("Result");
  const upload = file("Upload", { name: "upload" });
  const many = files("Uploads", { name: "uploads" });
  return [
    describeFile,
    define({
      apiName: "describe_files",
      inputs: [many],
      outputs: [anything],
      run: describeAll,
    }),
    define({
      apiName: "describe_gallery",
      inputs: [gallery("Gallery", { name: "gallery" })],
      outputs: [anything],
      run: (items, context) =>
        Promise.all(
          items.map(async ({ image: entry, caption = null }) => ({
            ...(entry && (await describe(entry, context))),
            caption,
          })),
        ),
    }),
    define({
      apiName: "describe_message",
      inputs: [multimodalTextbox(undefined, { name: "message" })],
      outputs: [anything],
      run: async (message, context) => ({
        text: message.text,
        files: await describeAll(message.files, context),
      }),
    }),
    define({
      apiName: "describe_default",
      inputs: [file("Default", { name: "upload", value: defaultFile })],
      outputs: [anything],
      run: describe,
    }),
    define({
      apiName: "tell_history",
      inputs: [json("Anything", { name: "texts" })],
      outputs: [chatbot()],
      run: (texts) =>
        (texts as string[]).map((content, index) => ({
          role: index % 2 === 0 ? "user" : "assistant",
          content,
        })),
    }),
    define({
      apiName: "describe_history",
      inputs: [chatbot(undefined, { name: "history" })],
      outputs: [anything],
      run: (history) =>
        history.map(({ role, content }) => ({
          role,
          text: content.map((part) => (part.type === "text" ? part.text : "")).join(""),
        })),
    }),
    define({ apiName: "echo_file", inputs: [upload], outputs: [result], run: (value) => value }),
    define({
      apiName: "echo_files",
      inputs: [many],
      outputs: [files("Results")],
      run: (values) => values,
    }),
    define({
      apiName: "invert",
      inputs: [image(undefined, { name: "image" })],
      outputs: [image()],
      run: async (value, context) =>
        context.createFile(invert(await context.readFile(value)), "image.png"),
    }),
    define({
      apiName: "awkward_file",
      inputs: [],
      outputs: [result],
      run: (context) => context.createFile("awkward", AWKWARD_NAME),
    }),
    define({
      apiName: "file_list",
      inputs: [],
      outputs: [files("Results")],
      run: (context) =>
        Promise.all(["a", "b"].map((name) => context.createFile(name, `${name}.txt`))),
    }),
    define({
      apiName: "two_pictures",
      inputs: [],
      outputs: [gallery("Pictures")],
      run: async (context) => [
        {
          image: await context.createFile(picture([255, 0, 0]), "red.png"),
          caption: "a red picture",
        },
        {
          image: await context.createFile(picture([0, 0, 255]), "blue.png"),
          caption: "a blue picture",
        },
      ],
    }),
    define({
      apiName: "yield_files",
      inputs: [],
      outputs: [result],
      run: async function* (context) {
        for (const index of [0, 1]) yield context.createFile(`hi${index}`, `part${index}.txt`);
      },
    }),
    define({
      apiName: "path_in_json",
      inputs: [],
      outputs: [anything],
      run: () => ({ path: "/etc/hostname" }),
    }),
    define({
      apiName: "stream_sound",
      inputs: [textbox("tag", { name: "tag" })],
      outputs: [audio()],
      run: async function* (tag, context) {
        const stream = context.createStream("audio");
        yield stream.file;
        await facts.waitAtGate(tag);
      },
    }),
  ];
}
