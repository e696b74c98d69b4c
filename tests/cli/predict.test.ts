import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  checkbox,
  checkboxGroup,
  createDemoApp,
  createGradioServer,
  dropdown,
  endpoint,
  files,
  json,
  number,
  textbox,
} from "@gradio-kit/testing";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKit, startGradioKit } from "./command-line.js";
import { createEndlessApp } from "./endless-app.js";

const quick = { delay: 5 };

/** An app that gives back what it got, with one input of every kind that can be typed. */
const echo = () =>
  createGradioServer({
    endpoints: [
      endpoint({
        apiName: "echo",
        inputs: [
          textbox("Text", { name: "text", value: "" }),
          number("Number", { name: "number", value: 0 }),
          checkbox("Flag", { name: "flag", value: false }),
          dropdown("Colour", { choices: ["red", "green"], name: "colour", value: "red" }),
          checkboxGroup("Letters", { choices: ["a", "b", "c"], name: "letters", value: [] }),
          json("Data", { name: "data", value: null, optional: true }),
        ],
        outputs: [json("Got")],
        run: (...values) => values.slice(0, 6),
      }),
    ],
  });

test("a text result is printed as it is, and nothing else is on stdout", async () => {
  await using app = await createDemoApp(quick);
  const { code, stdout, stderr } = await gradioKit(
    "predict",
    app.url,
    "/greet",
    "name=Ada",
    "times=3",
  );
  expect(stdout).toBe("Hello Ada! Hello Ada! Hello Ada!\n");
  expect(stderr).toBe("");
  expect(code).toBe(0);
});

test("values are typed as the endpoint says", async () => {
  await using app = await echo();
  const scalars = ["text=12", "number=-1.5e2", "flag=true", "colour=green"];
  const others = ["letters=a", "letters=c", 'data={"a":[1]}'];
  const { stdout } = await gradioKit("predict", app.url, ...scalars, ...others);
  expect(JSON.parse(stdout)).toEqual(["12", -150, true, "green", ["a", "c"], { a: [1] }]);
});

test("key:=json passes JSON whatever the endpoint says", async () => {
  await using app = await echo();
  const values = ['text:="@home = x"', "number:=7", 'letters:=["b"]', "data:=12"];
  const { stdout } = await gradioKit("predict", app.url, "echo", ...values);
  expect(JSON.parse(stdout)).toEqual(["@home = x", 7, false, "red", ["b"], 12]);
});

test("a text may hold anything: equals signs, spaces, other scripts, nothing at all", async () => {
  await using app = await createDemoApp(quick);
  for (const name of ["a=b:=c", " x  y ", "Zoë 世界 🎈", ""]) {
    const { stdout } = await gradioKit("predict", app.url, "/greet", `name=${name}`, "times=1");
    expect(stdout).toBe(`Hello ${name}!\n`);
  }
});

test("a stream in a pipe is one line of JSON for each value, as it comes", async () => {
  await using app = await createDemoApp({ delay: 50 });
  await using command = startGradioKit(["predict", app.url, "/count", "steps=3"]);
  await command.written('"1"\n');
  const { code, stdout, stderr } = await command.ended;
  expect(stdout).toBe('"1"\n"1 2"\n"1 2 3"\n');
  expect(stderr).toBe("Info: Counting to 3\n");
  expect(code).toBe(0);
});

test("--json gives JSON also for a text", async () => {
  await using app = await createDemoApp(quick);
  const { stdout } = await gradioKit("predict", app.url, "/greet", "times=1", "--json");
  expect(stdout).toBe('"Hello World!"\n');
});

test("a file goes in with @ and comes out in the directory of --output, replacing nothing", async () => {
  await using app = await createDemoApp(quick);
  await using folder = await temporaryFolder();
  const picture = join(folder.path, "a picture.png");
  const output = join(folder.path, "new", "results");
  await writeFile(picture, onePoint(10, 20, 30));
  const words = ["predict", app.url, "/invert", `image=@${picture}`, "--output", output];
  const first = await gradioKit(...words);
  const second = await gradioKit(...words, "--json");
  expect(first).toMatchObject({ code: 0, stdout: `${join(output, "inverted.png")}\n` });
  const { path, name, mimeType } = JSON.parse(second.stdout) as Record<string, unknown>;
  expect({ path, name, mimeType }).toEqual({
    path: join(output, "inverted-1.png"),
    name: "inverted.png",
    mimeType: "image/png",
  });
  const { data } = PNG.sync.read(await readFile(join(output, "inverted.png")));
  expect([...data.subarray(0, 3)]).toEqual([245, 235, 225]);
  expect((await readdir(output)).toSorted()).toEqual(["inverted-1.png", "inverted.png"]);
});

test("a repeated key with @ gives a list of files", async () => {
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "sizes",
        inputs: [files("Files", { name: "files" })],
        outputs: [json("Sizes")],
        run: async (given, context) => {
          const contents = await Promise.all(given.map((file) => context.readFile(file)));
          return contents.map(({ length }) => length);
        },
      }),
    ],
  });
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "a.txt"), "one");
  await writeFile(join(folder.path, "b.txt"), "three");
  await using two = startGradioKit(["predict", app.url, "files=@a.txt", "files=@b.txt"], {
    cwd: folder.path,
  });
  await using one = startGradioKit(["predict", app.url, "files=@b.txt"], { cwd: folder.path });
  expect(JSON.parse((await two.ended).stdout)).toEqual([3, 5]);
  expect(JSON.parse((await one.ended).stdout)).toEqual([5]);
});

test("the app's only endpoint needs no name", async () => {
  await using app = await createGradioServer({
    endpoints: [
      endpoint({ apiName: "hi", inputs: [], outputs: [textbox()], run: () => "hi there" }),
    ],
  });
  expect(await gradioKit("predict", app.url)).toMatchObject({ code: 0, stdout: "hi there\n" });
});

test("Ctrl-C cancels the call in the app", async () => {
  await using app = await createEndlessApp();
  await using command = startGradioKit(["predict", app.url]);
  await command.written("3\n");
  command.interrupt();
  const { code, stderr } = await command.ended;
  expect(code).toBe(130);
  expect(stderr).toContain("Stopped.");
  await app.untilStopped();
});

test("a reader that goes away ends the command quietly, and the call in the app", async () => {
  await using app = await createDemoApp(quick);
  await using command = startGradioKit(["predict", app.url, "/forever"]);
  await command.written("3\n");
  command.closeOutput();
  expect(await command.ended).toMatchObject({ code: 0, stderr: "" });
});

function onePoint(...colour: readonly [number, number, number]): Uint8Array {
  const png = new PNG({ width: 1, height: 1 });
  png.data.set([...colour, 255]);
  return PNG.sync.write(png);
}
