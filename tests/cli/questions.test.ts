import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  checkbox,
  checkboxGroup,
  createDemoApp,
  createGradioServer,
  endpoint,
  file,
  gallery,
  json,
  number,
  radio,
  slider,
  textbox,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { keys, openTerminal } from "./terminal.js";

test("it asks for what is missing, each in the way of its component", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "note.txt"), "a note");
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "form",
        inputs: [
          textbox("Your name", { name: "name" }),
          number("Age", { name: "age" }),
          radio("Colour", {
            name: "colour",
            choices: [
              ["Red", "r"],
              ["Green", "g"],
            ],
          }),
          checkboxGroup("Letters", { name: "letters", choices: ["a", "b", "c"] }),
          file("Note", { name: "note" }),
          checkbox("Loud", { name: "loud", value: false }),
          slider("Amount", { name: "amount", minimum: 0, maximum: 10, step: 0.5, value: 5 }),
          textbox("Kept", { name: "kept", value: "default" }),
        ],
        outputs: [json("Got")],
        run: (name, age, colour, letters, note, loud, amount, kept) => [
          name,
          age,
          colour,
          letters,
          note.orig_name,
          loud,
          amount,
          kept,
        ],
      }),
    ],
  });
  await using terminal = openTerminal(["predict", app.url, "letters=b", "--json"], {});
  await terminal.shows("Your name (name)");
  terminal.type("Ada", keys.enter);
  await terminal.shows("Age");
  terminal.type("many", keys.enter);
  await terminal.shows("is not a number");
  terminal.type(keys.backspace.repeat(4), "36", keys.enter);
  await terminal.shows("● Red");
  terminal.type(keys.down);
  await terminal.shows("● Green");
  terminal.type(keys.enter);
  await terminal.shows("path or address");
  terminal.type("nowhere.txt", keys.enter);
  await terminal.shows("There is no such file.");
  terminal.type(keys.backspace.repeat(11), join(folder.path, "note.txt"), keys.enter);
  await terminal.shows("Anything else?");
  // Loud, and Amount.
  terminal.type(keys.space, keys.down, keys.space, keys.enter);
  await terminal.shows("Yes");
  terminal.type("y");
  await terminal.shows(/0 ━+●─+ 10 {3}5/);
  terminal.type(keys.right);
  await terminal.shows(/10 {3}5\.5/);
  terminal.type("12", keys.enter);
  await terminal.shows("It must be from 0 to 10.");
  terminal.type(keys.backspace.repeat(2), "7.5", keys.enter);
  expect(await terminal.ended).toBe(0);
  const printed = terminal.screen().slice(terminal.screen().lastIndexOf("\n[") + 1);
  expect(JSON.parse(printed)).toEqual(["Ada", 36, "g", ["b"], "note.txt", true, 7.5, "default"]);
});

test("files that stand in something else are asked for by their paths", async () => {
  await using folder = await temporaryFolder();
  const picture = join(folder.path, "a.png");
  await writeFile(picture, "a picture");
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "hang",
        inputs: [
          textbox("Wall", { name: "wall" }),
          gallery("Pictures", { name: "pictures" }),
          file("Frame", { name: "frame", value: null, optional: true }),
        ],
        outputs: [json("Got")],
        run: (_, pictures, frame) => [pictures.map(({ image }) => image?.orig_name), frame],
      }),
    ],
  });
  await using terminal = openTerminal(["predict", app.url, "--json"]);
  await terminal.shows("Wall");
  terminal.type("north", keys.enter);
  await terminal.shows("Anything else?");
  terminal.type(keys.space, keys.down, keys.space, keys.enter);
  await terminal.shows("Pictures: path or address");
  terminal.type(picture, keys.enter);
  await terminal.shows("Pictures: one more");
  terminal.type(keys.enter);
  // Nothing typed: it keeps its default.
  await terminal.shows("Frame: path or address");
  terminal.type(keys.enter);
  expect(await terminal.ended).toBe(0);
  const printed = terminal.screen().slice(terminal.screen().lastIndexOf("\n[\n") + 1);
  expect(JSON.parse(printed)).toEqual([["a.png"], null]);
});

test("Ctrl-C at a question ends with 130, before any call; a password is not shown", async () => {
  await using app = await createDemoApp();
  await using question = openTerminal(["predict", app.url, "/invert"]);
  await question.shows("path or address");
  question.type(keys.interrupt);
  expect(await question.ended).toBe(130);
  expect(app.requests.map(({ path }) => path).filter((path) => path.includes("join"))).toEqual([]);
  await using login = openTerminal(["predict", app.url, "/greet", "--auth", "ada"]);
  await login.shows("Password of ada");
  login.type("secret", keys.enter);
  expect(await login.ended).toBe(0);
  expect(login.written()).not.toContain("secret");
});
