import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createDemoApp,
  createGradioServer,
  dropdown,
  endpoint,
  json,
  slider,
  textbox,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { compileErrors } from "../harness/compile.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKit } from "./command-line.js";

const withoutAddress = (text: string): string => text.replace(/^\/\/ App: .*$/m, "");

const pictures = (colours: readonly string[], most = 10) =>
  createGradioServer({
    title: "Pictures */ process.exit()",
    endpoints: [
      endpoint({
        apiName: "draw",
        description: "Draws what you say.\n\n@deprecated */ not at all",
        inputs: [
          textbox("Prompt", { name: "prompt" }),
          dropdown("Colour", { name: "colour", choices: colours, value: colours[0] ?? "" }),
          slider("Amount", { name: "amount", minimum: 0, maximum: most, step: 0.5, value: 5 }),
        ],
        outputs: [textbox("The picture"), textbox("2nd")],
        run: () => ["", ""],
      }),
      endpoint({
        apiName: "watch",
        inputs: [],
        outputs: [textbox()],
        run: async function* () {
          yield "";
        },
      }),
    ],
  });

test("names, types, choices, ranges, defaults and descriptions stand in the file", async () => {
  await using app = await pictures(["red", "green"]);
  const { stdout } = await gradioKit("codegen", app.url);
  expect(stdout).toContain("   * Draws what you say.\n   *\n   * \\@deprecated *\\/ not at all\n");
  expect(stdout).toContain("/** Amount (Slider), 0 to 10, step 0.5. Default: 5. */");
  expect(stdout).toContain("      readonly prompt: string;");
  expect(stdout).toContain('      readonly colour?: "red" | "green" | undefined;');
  expect(stdout).toContain(
    'readonly positional: readonly [prompt: string, colour?: "red" | "green" | undefined, amount?: number | undefined];',
  );
  expect(stdout).toContain("readonly result: [thePicture: string, _2nd: string];");
  expect(stdout).toContain("  /** Yields values: `submit` gives each of them");
  expect(await compileErrors(stdout)).toEqual([]);
});

test("the same app gives the same file, wherever and whenever it runs", async () => {
  await using app = await createDemoApp();
  const file = await readFile(new URL("demo-app.ts", import.meta.url), "utf8");
  const { stdout } = await gradioKit("codegen", app.url);
  expect(withoutAddress(stdout)).toBe(withoutAddress(file));
  expect(await gradioKit("codegen", `${app.url}/`)).toMatchObject({ stdout });
});

test("--check tells what is different, and ends with 1", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "types", "app.ts");
  await using before = await pictures(["red", "green"]);
  await using after = await pictures(["red", "blue"], 20);
  expect(await gradioKit("codegen", before.url, "-o", file)).toMatchObject({ code: 0, stdout: "" });
  const written = await readFile(file, "utf8");
  // As git writes it on Windows.
  await writeFile(file, written.replaceAll("\n", "\r\n"));
  const same = await gradioKit("codegen", before.url, "-o", file, "--check");
  expect(same).toEqual({ code: 0, stdout: "", stderr: "" });
  const { code, stdout, stderr } = await gradioKit("codegen", after.url, "-o", file, "--check");
  expect(code).toBe(1);
  expect(stdout).toContain('-      readonly colour?: "red" | "green" | undefined;');
  expect(stdout).toContain('+      readonly colour?: "red" | "blue" | undefined;');
  expect(stdout).toContain("+      /** Amount (Slider), 0 to 20, step 0.5. Default: 5. */");
  expect(stderr).toContain("no longer matches the app.\n  hint:  gradio-kit codegen");
  expect(await readFile(file, "utf8")).toBe(written.replaceAll("\n", "\r\n"));
  const missing = await gradioKit(
    "codegen",
    after.url,
    "-o",
    join(folder.path, "no.ts"),
    "--check",
  );
  expect(missing.code).toBe(2);
  expect((await gradioKit("codegen", after.url, "--check")).code).toBe(2);
});

test("nasty names and a thousand endpoints compile, strictly", async () => {
  const names = [
    "class",
    "default",
    "__proto__",
    "constructor",
    "größe",
    "数量",
    "a b",
    'quo"te',
    "back\\slash",
    "new\nline",
    "\u2028",
    "*/",
    "1st",
    "x-y",
    "_",
    "FileInput",
    "App",
    "toString",
    "🎈",
    "${x}",
    "`",
  ];
  const nasty = names.map((name, at) =>
    endpoint({
      apiName: at % 2 === 0 ? `n${at}` : `n-${at}.${name.replaceAll(/[^\p{L}]/gu, "")}`,
      description: `${name} */ \u202e @param x`,
      inputs: [
        textbox(name, { name: `p${at}` }),
        dropdown(name, { name: `q${at}`, choices: names, value: name }),
        json("same", { name: "same", value: null, optional: true }),
      ],
      outputs: [textbox(name), textbox(name), textbox("")],
      run: () => ["", "", ""],
    }),
  );
  const many = Array.from({ length: 1000 }, (_, at) =>
    endpoint({
      apiName: `many_${at}`,
      inputs: [textbox("Text", { name: "text" })],
      outputs: [textbox()],
      run: (text) => text,
    }),
  );
  await using app = await createGradioServer({ endpoints: [...nasty, ...many] });
  const { code, stdout } = await gradioKit("codegen", app.url);
  expect(code).toBe(0);
  const use = `
import { Client } from "@gradio-kit/client";
const client = await Client.connect("http://127.0.0.1:7860", { spec });
export const text: string = await client.predict("/many_999", { text: "a" });
// @ts-expect-error no such endpoint
await client.predict("/many_1000", { text: "a" });
`;
  expect(await compileErrors(`${stdout}\n${use}`)).toEqual([]);
});
