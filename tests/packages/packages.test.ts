import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createDemoApp, type GradioServer } from "@gradio-kit/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";

/** Where scripts/packed-packages.mjs installs the three packages, and nothing beside them. */
const modules = fileURLToPath(
  new URL("../../.cache/packed-packages/node_modules", import.meta.url),
);
const LIMIT_MILLISECONDS = 30_000;
const LARGEST_CLIENT_BYTES = 1.5 * 1024 * 1024;

interface Manifest {
  readonly name: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: unknown;
}

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")) as Manifest;

/** Every file of an installed package, without what is installed inside it. */
function filesOf(name: string): string[] {
  const folder = join(modules, name);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("node_modules"))
    .filter((path) => statSync(join(folder, path)).isFile());
}

/** A package and everything that it brings along. */
function closureOf(name: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const dependency of Object.keys(manifestOf(name).dependencies ?? {})) {
    closureOf(dependency, found);
  }
  return found;
}

const names = ["@gradio-kit/client", "@gradio-kit/testing", "gradio-kit"];

describe.each(names)("%s", (name) => {
  test("holds what it takes to use it, and nothing else", () => {
    const files = filesOf(name);
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
    // Beside the code: the licenses of what has become part of it.
    const code = /^(?:dist|bin)\/.+(?:\.js|\.d\.ts)$|^dist\/licenses\.txt$/;
    const others = files.filter((path) => !code.test(path));
    expect(others.toSorted()).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  test("runs nothing when it is installed, and brings nothing that does", () => {
    for (const part of closureOf(name)) {
      const scripts = Object.keys(manifestOf(part).scripts ?? {});
      const atInstall = scripts.filter((script) => /^(?:pre|post)?install$/.test(script));
      expect(atInstall, part).toEqual([]);
      expect(filesOf(part), part).not.toContain("binding.gyp");
    }
  });

  test("says what it is, and is published in the open with its provenance", () => {
    const manifest = manifestOf(name);
    expect(manifest.description).toMatch(/\.$/);
    expect(manifest.keywords?.length).toBeGreaterThan(2);
    expect(manifest).toMatchObject({
      license: "Apache-2.0",
      engines: { node: ">=20.19.0" },
      publishConfig: { access: "public", provenance: true },
    });
  });

  test("depends on exact versions", () => {
    for (const version of Object.values(manifestOf(name).dependencies ?? {})) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });
});

test("the library is small: all that it installs is at most 1.5 MB", () => {
  const bytes = [...closureOf("@gradio-kit/client")].flatMap((name) =>
    filesOf(name).map((path) => statSync(join(modules, name, path)).size),
  );
  expect(bytes.reduce((all, size) => all + size, 0)).toBeLessThan(LARGEST_CLIENT_BYTES);
});

describe("installed, they work", () => {
  let app: GradioServer;
  let place: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    app = await createDemoApp();
    // Away from the workspace, in whose folders Node would find what is missing here.
    place = await temporaryFolder();
    await cp(modules, join(place.path, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
  });
  afterAll(async () => {
    await app.close();
    await place[Symbol.asyncDispose]();
  });

  async function run(file: string, parameters: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(file, parameters, {
      cwd: place.path,
      timeout: LIMIT_MILLISECONDS,
      killSignal: "SIGKILL",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    return stdout;
  }

  const runModule = (code: string): Promise<string> =>
    run(process.execPath, ["--input-type=module", "--eval", code]);

  test("@gradio-kit/client", async () => {
    const printed = await runModule(`
      import { Client } from "@gradio-kit/client";
      const client = await Client.connect("${app.url}", { verbose: false });
      console.log(await client.predict("/greet", { name: "Ada", times: 1 }));
      await client.close();`);
    expect(printed).toBe("Hello Ada!\n");
  });

  test("@gradio-kit/client in a Node without `process.getBuiltinModule`: 21, and 22.0 to 22.2", async () => {
    const printed = await runModule(`
      delete process.getBuiltinModule;
      const { Client } = await import("@gradio-kit/client");
      const client = await Client.connect("${app.url}", { verbose: false });
      console.log(await client.predict("/greet", { name: "Ada", times: 1 }));
      await client.close();`);
    expect(printed).toBe("Hello Ada!\n");
  });

  test("@gradio-kit/client says which package a SOCKS proxy takes", async () => {
    const printed = await runModule(`
      import { Client } from "@gradio-kit/client";
      const http = { proxy: "socks5://127.0.0.1:1" };
      await Client.connect("${app.url}", { verbose: false, http }).catch((error) =>
        console.log(error.name, error.message));`);
    expect(printed).toMatch(/^InputError http\.proxy: .*npm install socks-proxy-agent\n$/);
  });

  test("@gradio-kit/testing", async () => {
    const printed = await runModule(`
      import { createGradioServer, endpoint, textbox } from "@gradio-kit/testing";
      const double = (text) => text + text;
      const server = await createGradioServer({
        endpoints: [endpoint({ apiName: "double", inputs: [textbox("In")], outputs: [textbox("Out")], run: double })],
      });
      const config = await (await fetch(server.url + "/config")).json();
      console.log(config.dependencies.map(({ api_name }) => api_name).join());
      await server.close();`);
    expect(printed).toBe("double\n");
  });

  test("gradio-kit", async () => {
    const program = join(place.path, "node_modules", ".bin", "gradio-kit");
    expect(await run(program, ["--help"])).toContain("predict");
    const parameters = ["predict", app.url, "/greet", "name=Ada", "times=1"];
    expect(await run(program, parameters)).toBe("Hello Ada!\n");
  });
});
