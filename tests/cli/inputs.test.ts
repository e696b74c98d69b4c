import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createGradioServer,
  endpoint,
  file,
  files,
  gallery,
  json,
  multimodalTextbox,
  number,
  textbox,
  type GradioServer,
} from "@gradio-kit/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKitIn } from "./command-line.js";

let app: GradioServer;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "poem.txt"), "roses\nare red\n");
  await writeFile(join(folder.path, "seed.txt"), "42\n");
  await writeFile(join(folder.path, "long.txt"), "x".repeat(1000));
  await writeFile(join(folder.path, "a.png"), "a picture");
  await writeFile(join(folder.path, "b.mp4"), "a video");
  await writeFile(join(folder.path, "inputs.json"), '{"text": "from a file", "times": 3}');
  app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "echo",
        inputs: [
          textbox("Text", { name: "text" }),
          number("Times", { name: "times" }),
          json("Data", { name: "data", value: null, optional: true }),
        ],
        outputs: [json("Got")],
        run: (...values) => values.slice(0, 3),
      }),
      endpoint({
        apiName: "say",
        inputs: [multimodalTextbox("Message", { name: "message" })],
        outputs: [json("Got")],
        run: ({ text, files }) => ({ text, files: files.map((file) => file.orig_name) }),
      }),
      endpoint({
        apiName: "show",
        inputs: [gallery("Pictures", { name: "pictures" })],
        outputs: [json("Got")],
        run: (items) =>
          items.map(({ image, video, caption }) => ({
            ...(image ? { image: image.orig_name } : {}),
            ...(video ? { video: video.orig_name } : {}),
            ...(caption ? { caption } : {}),
          })),
      }),
      endpoint({
        apiName: "one",
        inputs: [file("File", { name: "file" })],
        outputs: [textbox()],
        run: (given) => given.path,
      }),
      endpoint({
        apiName: "lengths",
        inputs: [files("Files", { name: "files" })],
        outputs: [json("Got")],
        run: async (given, context) => {
          const contents = await Promise.all(given.map((file) => context.readFile(file)));
          return contents.map(({ length }) => length);
        },
      }),
    ],
  });
});

afterAll(async () => {
  await app.close();
  await folder[Symbol.asyncDispose]();
});

test.each([
  ["the content of a file", ["text=@poem.txt", "times=@seed.txt"], ["roses\nare red\n", 42, null]],
  ["JSON from a file", ["text=a", "times=1", "data:=@inputs.json"], ["a", 1, expect.anything()]],
  ["all inputs as JSON", ['{"text": "a", "times": 2}'], ["a", 2, null]],
  ["all inputs, in order", ['["a", 2, {"b": [1]}]'], ["a", 2, { b: [1] }]],
  ["all inputs from a file", ["@inputs.json"], ["from a file", 3, null]],
  [
    "the same, and one of them anew",
    ["--input", "inputs.json", "times=4"],
    ["from a file", 4, null],
  ],
])("%s", async (_, words, expected) => {
  const place = { cwd: folder.path };
  const { stdout, stderr } = await gradioKitIn(place, "predict", app.url, "/echo", ...words);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(expected);
});

test.each([
  ["a text", ["/echo", "text=@-", "times=1"], "héllo\n", ["héllo\n", 1, null]],
  ["all inputs", ["/echo", "--input", "-"], '{"text": "a", "times": 1}', ["a", 1, null]],
  ["all inputs, as a word", ["/echo", "@-"], '["a", 1]', ["a", 1, null]],
  ["a file", ["/lengths", "files=@-"], "12345", [5]],
])("standard input is %s", async (_, words, input, expected) => {
  const place = { cwd: folder.path, input };
  const { stdout, stderr } = await gradioKitIn(place, "predict", app.url, ...words);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(expected);
});

test.each([
  ["a text and files", ["message=look", "message=@poem.txt", "message=@seed.txt"]],
  [
    "JSON, with paths for files",
    ['{"message": {"text": "look", "files": ["poem.txt", "seed.txt"]}}'],
  ],
  ["the same as one input", ['message={"text": "look", "files": ["poem.txt", "seed.txt"]}']],
])("a message of a chat: %s", async (_, words) => {
  const place = { cwd: folder.path };
  const { stdout } = await gradioKitIn(place, "predict", app.url, "/say", ...words);
  expect(JSON.parse(stdout)).toEqual({ text: "look", files: ["poem.txt", "seed.txt"] });
});

test.each([
  ["one file", ["pictures=@a.png"], [{ image: "a.png" }]],
  [
    "several, and a video among them",
    ["pictures=@a.png", "pictures=b.mp4"],
    [{ image: "a.png" }, { video: "b.mp4" }],
  ],
  ["JSON, with paths", ['pictures=["a.png"]'], [{ image: "a.png" }]],
  [
    "JSON, with captions",
    ['pictures:=[{"image": "a.png", "caption": "A"}]', "pictures=@b.mp4"],
    [{ image: "a.png", caption: "A" }, { video: "b.mp4" }],
  ],
])("a gallery: %s", async (_, words, expected) => {
  const place = { cwd: folder.path };
  const { stdout, stderr } = await gradioKitIn(place, "predict", app.url, "/show", ...words);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(expected);
});

test.each([
  [
    "everything that is missing is named",
    ["/echo"],
    "/echo needs values for text (Text), times (Times).",
  ],
  ["a document that is no JSON", ["/echo", "@poem.txt"], "@poem.txt: this is not JSON"],
  ["a document that is neither object nor list", ["/echo", "@seed.txt"], "a JSON object, by name"],
  ["a document and --input", ["/echo", "{}", "--input", "inputs.json"], "only once"],
  ["a list and key=value", ["/echo", "[1]", "text=a"], "cannot be mixed"],
  ["standard input twice", ["/echo", "text=@-", "times=@-"], "is read for text already"],
  ["a text from a missing file", ["/echo", "text=@no.txt", "times=1"], "there is no such file"],
  ["two files for one", ["/one", "file=@poem.txt", "file=@seed.txt"], "it takes one file"],
  [
    "a file that is not there",
    ["/lengths", "files=@no.txt"],
    "hint:  Paths begin where the command runs. For several files repeat the key.",
  ],
  [
    "a long text for a number",
    ["/echo", "text=a", "times=@long.txt"],
    `${"x".repeat(59)}…" is not a number.`,
  ],
  ["two ways of printing", ["/echo", "--json", "--raw"], "--json and --raw contradict each other"],
])("%s: exit code 2", async (_, words, message) => {
  const place = { cwd: folder.path };
  const { code, stdout, stderr } = await gradioKitIn(place, "predict", app.url, ...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("a list of files is printed as a line for each", async () => {
  await using pair = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "pair",
        inputs: [],
        outputs: [files()],
        run: (context) =>
          Promise.all(
            ["a.txt", "b c.txt"].map((name) =>
              context.createFile(new TextEncoder().encode(name), name),
            ),
          ),
      }),
    ],
  });
  const output = join(folder.path, "pair");
  const { stdout } = await gradioKitIn({}, "predict", pair.url, "--output", output);
  expect(stdout).toBe(`${join(output, "a.txt")}\n${join(output, "b c.txt")}\n`);
});

test("--raw is a text without an end of line, and the content of a file", async () => {
  await using files = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "text",
        inputs: [],
        outputs: [textbox()],
        run: async function* () {
          yield "not yet";
          yield "no end";
        },
      }),
      endpoint({
        apiName: "file",
        inputs: [],
        outputs: [file()],
        run: (context) => context.createFile(new TextEncoder().encode("abc\n"), "abc.txt"),
      }),
    ],
  });
  expect((await gradioKitIn({}, "predict", files.url, "/text", "--raw")).stdout).toBe("no end");
  expect((await gradioKitIn({}, "predict", files.url, "/file", "--raw")).stdout).toBe("abc\n");
  const place = { env: { GRADIO_TEMP_DIR: folder.path } };
  const { stdout } = await gradioKitIn(place, "predict", files.url, "/file");
  expect(stdout.startsWith(folder.path)).toBe(true);
  expect(await readFile(stdout.trim(), "utf8")).toBe("abc\n");
});
