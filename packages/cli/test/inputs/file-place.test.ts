import { expect, test } from "vitest";
import { filePlace } from "../../src/inputs/file-place.js";
import { withFiles } from "../../src/inputs/schema-files.js";

const file = {
  type: "object",
  properties: { path: { type: "string" }, meta: { default: { _type: "gradio.FileData" } } },
  required: ["path"],
};
const nothing = { type: "null" };
const text = { type: "string" };
const fileOrNothing = { anyOf: [file, nothing] };

const message = (content: object) => ({
  type: "object",
  properties: { role: text, content },
  required: ["role", "content"],
});

test.each([
  ["a file", file, false, "FILE"],
  ["a file or nothing", fileOrNothing, false, "FILE"],
  ["a list of files", { type: "array", items: file }, true, "FILE"],
  ["a list, or nothing", { anyOf: [{ type: "array", items: file }, nothing] }, true, "FILE"],
  [
    "one or several, as a video of Gradio 3",
    { anyOf: [file, { type: "array", items: file }] },
    false,
    "FILE",
  ],
  [
    "a video with subtitles, as in Gradio 4 and 5",
    {
      type: "object",
      properties: { video: file, subtitles: fileOrNothing },
      required: ["video"],
    },
    false,
    { video: "FILE" },
  ],
  [
    "an image editor",
    {
      type: "object",
      properties: {
        background: fileOrNothing,
        layers: { type: "array", items: file, default: [] },
        composite: fileOrNothing,
      },
    },
    false,
    { background: "FILE" },
  ],
  [
    "an image slider",
    { anyOf: [{ type: "array", prefixItems: [fileOrNothing, fileOrNothing] }, nothing] },
    true,
    "FILE",
  ],
  [
    "a gallery of Gradio 3",
    {
      type: "array",
      items: { type: "array", items: false, prefixItems: [file, { anyOf: [text, nothing] }] },
    },
    true,
    ["FILE", null],
  ],
])("%s", (_, schema, several, expected) => {
  const place = filePlace(schema);
  expect(place?.several).toBe(several);
  expect(place?.wrap("FILE", "a.png")).toEqual(expected);
});

test.each([
  ["a text", text],
  ["anything", {}],
  ["a text or a file", { anyOf: [text, file] }],
  [
    "a message with files",
    { properties: { text, files: { type: "array", items: file } }, required: ["text"] },
  ],
  [
    "a chat",
    {
      type: "array",
      items: message({ anyOf: [text, { properties: { file }, required: ["file"] }] }),
    },
  ],
  [
    "a chat of Gradio 4",
    { type: "array", items: { type: "array", prefixItems: [{ anyOf: [text, file] }, nothing] } },
  ],
])("%s takes no file alone", (_, schema) => {
  expect(filePlace(schema)).toBeUndefined();
});

test("a text of a chat stays a text, and its file is opened", () => {
  const content = {
    type: "array",
    items: {
      anyOf: [
        { type: "object", properties: { text }, required: ["text"] },
        { type: "object", properties: { file }, required: ["file"] },
      ],
    },
  };
  const value = [{ role: "user", content: ["hi", { text: "a.png" }, { file: "a.png" }] }];
  const schema = { type: "array", items: message(content) };
  expect(withFiles(value, schema, (path) => `<${path}>`)).toEqual([
    { role: "user", content: ["hi", { text: "a.png" }, { file: "<a.png>" }] },
  ]);
});
