import { join } from "node:path";
import { Client } from "@gradio-kit/client";
import ts from "typescript";
import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { compileErrors } from "../../harness/compile.js";
import { APP_NAMES } from "../../harness/server.js";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import { gradioKit } from "../command-line.js";
import { serversOf } from "./servers.js";

/** What a program may do with the types of the test app, and what it may not. */
const program = `
import { Client, type GradioFile as SomeFile, handleFile } from "@gradio-kit/client";
import { expectTypeOf } from "vitest";

const client = await Client.connect<App>("http://127.0.0.1:7860");

expectTypeOf(await client.predict("/greet", { name: "Ada" })).toEqualTypeOf<string>();
expectTypeOf(await client.predict("/greet", ["Ada", "?"])).toEqualTypeOf<string>();
expectTypeOf(await client.predict("/calculator", { num1: 1, operation: "add", num2: 2 })).toEqualTypeOf<number>();
expectTypeOf(await client.predict("/two_outputs")).toEqualTypeOf<[text: string, number: number]>();
expectTypeOf(await client.predict("/two_outputs", { n: 2 }, { timeout: 1000 })).toExtend<[string, number]>();
for await (const value of client.submit("/count", { n: 3 })) expectTypeOf(value).toEqualTypeOf<number>();
expectTypeOf(await client.predict("/increment")).toEqualTypeOf<number>();
expectTypeOf(await client.predict("/describe_file", [handleFile("a.txt")])).toExtend<unknown>();
expectTypeOf<App["/count"]["generator"]>().toEqualTypeOf<true>();

// @ts-expect-error an endpoint that the app does not have
await client.predict("/gret", { name: "Ada" });
// @ts-expect-error an input that the endpoint does not have
await client.predict("/greet", { nam: "Ada" });
// @ts-expect-error an input that is missing
await client.predict("/greet", {});
// @ts-expect-error no inputs at all
await client.predict("/greet");
// @ts-expect-error a text for a number
await client.predict("/calculator", { num1: "1", operation: "add", num2: 2 });
// @ts-expect-error no such choice
await client.predict("/calculator", { num1: 1, operation: "power", num2: 2 });
// @ts-expect-error one input too many
await client.predict("/greet", ["Ada", "!", "?"]);
// @ts-expect-error another result
const wrong: number = await client.predict("/greet", { name: "Ada" });
// @ts-expect-error which endpoint, of many?
await client.predict({ name: "Ada" });

const untyped = await Client.connect("http://127.0.0.1:7860");
expectTypeOf(await untyped.predict<string>("/anything", { x: 1 })).toEqualTypeOf<string>();
expectTypeOf(await untyped.predict("/anything")).toEqualTypeOf<unknown>();

const known = await Client.connect("http://127.0.0.1:7860", { spec });
expectTypeOf(known).toEqualTypeOf<Client<App>>();
export type { SomeFile };
`;

describe.each(serversOf("generations"))("%s", (_, server) => {
  test("the types of an app are strict TypeScript, and check calls", async () => {
    const { code, stdout, stderr } = await gradioKit("codegen", server.apps.main);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await compileErrors(`${stdout}\n${program}`)).toEqual([]);
  });

  test("an app with one endpoint takes its inputs without a name", async () => {
    const { stdout } = await gradioKit("codegen", server.apps.single);
    const use = `
import { Client } from "@gradio-kit/client";
const client = await Client.connect<App>("http://127.0.0.1:7860");
export const sum: number = await client.predict({ num1: 1, operation: "add", num2: 2 });
// @ts-expect-error a text for a number
await client.predict({ num1: "1", operation: "add", num2: 2 });
`;
    expect(await compileErrors(`${stdout}\n${use}`)).toEqual([]);
  });

  test("so are those of every other app, and they refuse what it does not have", async () => {
    const others = APP_NAMES.filter((name) => name !== "main" && name !== "single");
    const programs = await Promise.all(
      others.map(async (name) => {
        const { stdout } = await gradioKit("codegen", server.apps[name]);
        const [, endpoint] = /^ {2}readonly ("\/\w+"): \{$/m.exec(stdout) ?? [];
        // All in one program: each under a name of its own.
        const types = stdout
          .replace(/^import .*$/m, "")
          .replaceAll(/\b(App|spec)\b/g, `$1_${name}`);
        return `${types}
declare const ${name}: Client<App_${name}>;
// @ts-expect-error an input that no endpoint has
void ${name}.submit(${endpoint}, { no_such_input: 1 });
// @ts-expect-error an endpoint that no app has
void ${name}.submit("/no_such_endpoint");
`;
      }),
    );
    const imports =
      'import type { AppOutline, Client, FileInput, GradioFile } from "@gradio-kit/client";';
    expect(await compileErrors([imports, ...programs].join("\n"))).toEqual([]);
  });

  test("an app still fits its own types, and one that is another does not", async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "app.ts");
    await gradioKit("codegen", server.apps.main, "-o", file);
    const checked = await gradioKit("codegen", server.apps.main, "-o", file, "--check");
    expect(checked).toEqual({ code: 0, stdout: "", stderr: "" });

    const script = join(folder.path, "app.mjs");
    await writeFile(script, ts.transpileModule(await readFile(file, "utf8"), {}).outputText);
    const { spec } = (await import(script)) as { spec: Record<string, never> };
    const said: string[] = [];
    const options = { spec, log: (message: string) => void said.push(message), verbose: false };
    await (await Client.connect(server.apps.main, options)).close();
    expect(said).toEqual([]);

    await (await Client.connect(server.apps.single, options)).close();
    expect(said.join("\n")).toContain("/greet is no longer there.");
    await expect(
      Client.connect(server.apps.single, { ...options, drift: "refuse" }),
    ).rejects.toMatchObject({ name: "InputError", code: "SPEC_MISMATCH" });
  });
});
