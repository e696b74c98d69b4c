import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  checkbox,
  createGradioServer,
  dropdown,
  endpoint,
  image,
  textbox,
} from "@gradio-kit/testing";
import { describe, expect, test } from "vitest";
import { until } from "../harness/facts.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKitIn, installIn } from "./command-line.js";
import { shells } from "./shells.js";
import { openTerminal } from "./terminal.js";

const paint = () =>
  createGradioServer({
    endpoints: [
      endpoint({
        apiName: "paint",
        description: "Paints a picture.\nSlowly.",
        inputs: [
          dropdown("Colour", { name: "colour", choices: ["red", "dark green"], value: "red" }),
          checkbox("Gold frame", { name: "frame", value: false }),
          image("Sketch", { name: "sketch" }),
        ],
        outputs: [textbox()],
        run: () => "done",
      }),
      endpoint({ apiName: "prime", inputs: [], outputs: [], run: () => {} }),
    ],
  });

/** Completion waits two seconds for an app: on a busy machine it may have to ask again. */
async function untilKnown(url: string, env: Record<string, string>): Promise<void> {
  await until("completion knows the app", async () => {
    const { stdout } = await gradioKitIn({ env }, "__complete", "fish", "--", "info", url, "/");
    return stdout !== "";
  });
}

test("commands, options, endpoints, inputs and choices", async () => {
  await using app = await paint();
  await using home = await temporaryFolder();
  const place = { env: { XDG_CACHE_HOME: home.path, HOME: home.path } };
  const complete = async (...words: string[]) => {
    const { stdout } = await gradioKitIn(place, "__complete", "fish", "--", ...words);
    return stdout.trimEnd().split("\n");
  };
  expect(await complete("pre")).toEqual(["predict\tcall an endpoint and print its result"]);
  await untilKnown(app.url, place.env);
  // From now on nobody asks the app.
  const asked = app.requests.length;
  expect(await complete("predict", app.url, "/pa")).toEqual(["/paint\tPaints a picture."]);
  expect(await complete("predict", app.url, "--json", "/paint", "")).toEqual([
    'colour=\tColour (Dropdown) = "red"',
    "frame=\tGold frame (Checkbox) = false",
    "sketch=@\tSketch (Image), required",
  ]);
  expect(await complete("predict", app.url, "/paint", "colour=red", "frame=")).toEqual([
    "frame=true",
    "frame=false",
  ]);
  expect(await complete("predict", app.url, "/paint", "sketch=@a")).toEqual([":files"]);
  expect(await complete("predict", app.url, "/paint", "--sess")).toEqual([
    "--session\tgo on in this session: its State is kept between calls",
  ]);
  expect(await complete("predict", app.url, "/paint", "--output", "")).toEqual([":files"]);
  expect(await complete("info", "")).toEqual([app.url]);
  expect(await complete("completion", "f")).toEqual(["fish"]);
  expect(app.requests).toHaveLength(asked);
});

test("an app that does not answer is no error", async () => {
  await using home = await temporaryFolder();
  const place = { env: { XDG_CACHE_HOME: home.path, HOME: home.path } };
  const words = ["__complete", "zsh", "--", "predict", "http://127.0.0.1:9", "/"];
  expect(await gradioKitIn(place, ...words)).toEqual({ code: 0, stdout: "", stderr: "" });
});

describe.each(shells)("$name, with Tab", ({ name, program, prepare, start }) => {
  test.runIf(program !== undefined)("cut words, choices with spaces, and files", async () => {
    await using app = await paint();
    await using home = await temporaryFolder();
    await writeFile(join(home.path, "sketch one.png"), "");
    const { stdout: script } = await gradioKitIn({}, "completion", name);
    await prepare(home.path, script);
    const env = {
      HOME: home.path,
      ZDOTDIR: home.path,
      XDG_CACHE_HOME: join(home.path, ".cache"),
      XDG_CONFIG_HOME: join(home.path, ".config"),
      XDG_DATA_HOME: join(home.path, ".local", "share"),
      PATH: await installIn(home.path),
    };
    await untilKnown(app.url, env);
    await using terminal = openTerminal([], {
      columns: 160,
      shell: `cd "$HOME" && exec ${start}`,
      env,
    });
    await terminal.shows(/^\$$/);
    terminal.type(`gradio-kit predict ${app.url} /pa\t`);
    await terminal.shows(/\/paint$/);
    terminal.type("col\t");
    await terminal.shows(/ colour=$/);
    terminal.type("d\t");
    await terminal.shows(/ colour=dark\\ green$/);
    terminal.type(" sk\t");
    await terminal.shows(/ sketch=@$/);
    terminal.type("sk\t");
    await terminal.shows(/ sketch=@sketch\\ one\.png$/);
    terminal.type("\u0015exit\r");
    expect(await terminal.ended).toBe(0);
  });
});

test("there is a script for each shell, and for no other", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await gradioKitIn({}, "completion", shell);
    expect(code).toBe(0);
    expect(stdout).toContain(`gradio-kit __complete ${shell} -- `);
  }
  expect((await gradioKitIn({}, "completion", "tcsh")).code).toBe(2);
});
