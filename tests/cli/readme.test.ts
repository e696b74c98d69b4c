import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDemoApp, createHub, type GradioServer, type Hub } from "@gradio-kit/testing";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileErrors } from "../harness/compile.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKitIn, installIn, runShell } from "./command-line.js";

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const readme = read("packages/cli/README.md");
const blocks = (language: string, text = readme): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, code]) => code ?? "",
  );
/** Lines for a shell; npx would ask a registry for what is here. */
const lines = [...blocks("sh"), ...blocks("sh", read("docs/typed-apps.md"))].flatMap((block) =>
  block.trim().replaceAll("npx gradio-kit", "gradio-kit").split("\n"),
);

let app: GradioServer;
let hub: Hub;
let path: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  app = await createDemoApp({ delay: 5 });
  hub = await createHub({ spaces: { "user/space": { app: app.url } } });
  const picture = PNG.sync.write(new PNG({ width: 2, height: 2 }));
  await writeFile(join(folder.path, "picture.png"), picture);
  path = await installIn(folder.path);
});

afterAll(async () => {
  await hub.close();
  await app.close();
  await folder[Symbol.asyncDispose]();
});

/** In the order of the document: some lines go on from where others ended. */
test.each(lines)("%s", async (line) => {
  const { code, stderr } = await runShell(line.replaceAll("http://127.0.0.1:7860", app.url), {
    cwd: folder.path,
    env: {
      HOME: folder.path,
      XDG_DATA_HOME: folder.path,
      HF_HOME: folder.path,
      HF_ENDPOINT: hub.url,
      HF_HUB_DISABLE_IMPLICIT_TOKEN: "1",
      PATH: path,
    },
  });
  expect({ code, stderr: stderr.includes("gradio-kit: ") }).toEqual({ code: 0, stderr: false });
});

test("the example with types compiles with the types of that app", async () => {
  const { stdout } = await gradioKitIn({}, "codegen", app.url);
  const [example = ""] = blocks("ts");
  const withoutImport = example.replace(/^import .*"\.\/app\.js";\n/m, "");
  expect(withoutImport).not.toBe(example);
  expect(await compileErrors(`${stdout}\n${withoutImport}\ngreeting satisfies string;`)).toEqual(
    [],
  );
});

test("every command and every option of the connection is in the document", async () => {
  const { stdout } = await gradioKitIn({}, "predict", "--help");
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name ?? "");
  expect(options.length).toBeGreaterThan(12);
  expect(options.filter((name) => !readme.includes(name) && name !== "--help")).toEqual([]);
  const commands = (await gradioKitIn({}, "--help")).stdout;
  const names = [...commands.matchAll(/^ {2}([a-z]+)(?: \[options\]| <)/gm)].map(
    ([, name]) => name,
  );
  expect(names).toEqual(["info", "predict", "codegen", "status", "duplicate", "completion"]);
});
