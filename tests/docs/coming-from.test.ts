import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The names in the first columns of a document's tables, and the ones that the second ones name. */
function readTables(document: string): { readonly theirs: string[]; readonly ours: string[] } {
  const rows = readFileSync(at(`../../docs/${document}`), "utf8")
    .split("\n")
    .map((line) => /^\| `([^`]+)`\s*\| ([^|]+)\|/.exec(line))
    .filter((found) => found !== null);
  return {
    theirs: rows.map(([, name = ""]) => name).toSorted(),
    ours: rows.flatMap(([, , here = ""]) =>
      [...here.matchAll(/`([^`]+)`/g)].map(([, c = ""]) => c),
    ),
  };
}

/** What declarations say. */
class Declarations {
  readonly #checker: ts.TypeChecker;
  readonly #exports: Map<string, ts.Symbol>;

  constructor(file: string) {
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.ESNext,
      // npm's declarations name files without their extension.
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
      skipLibCheck: true,
    };
    const program = ts.createProgram([file], options);
    this.#checker = program.getTypeChecker();
    const module = this.#checker.getSymbolAtLocation(
      program.getSourceFile(file) ?? expect.unreachable(`there is no ${file}`),
    );
    const exported = module === undefined ? [] : this.#checker.getExportsOfModule(module);
    this.#exports = new Map(exported.map((symbol) => [symbol.name, this.#resolve(symbol)]));
  }

  get exports(): string[] {
    return [...this.#exports.keys()];
  }

  /** The public members of an exported class or interface. */
  members(name: string): string[] {
    return this.#propertiesOf(this.#checker.getDeclaredTypeOfSymbol(this.#symbol(name)));
  }

  statics(name: string): string[] {
    const type = this.#checker.getTypeOfSymbol(this.#symbol(name));
    return this.#propertiesOf(type).filter((member) => member !== "prototype");
  }

  /** The members of a method's result. */
  resultOf(name: string, method: string): string[] {
    const member = this.#checker.getDeclaredTypeOfSymbol(this.#symbol(name)).getProperty(method);
    const type = this.#checker.getTypeOfSymbol(member ?? expect.unreachable(method));
    const [signature] = type.getCallSignatures();
    return this.#propertiesOf(signature?.getReturnType() ?? expect.unreachable(method));
  }

  /** The members of a method's parameter. */
  parameterOf(name: string, method: string, index: number): string[] {
    const member = this.#checker.getTypeOfSymbol(this.#symbol(name)).getProperty(method);
    const type = this.#checker.getTypeOfSymbol(member ?? expect.unreachable(method));
    const parameter = type.getCallSignatures()[0]?.parameters[index];
    const found = this.#checker.getTypeOfSymbol(parameter ?? expect.unreachable(method));
    return this.#propertiesOf(this.#checker.getNonNullableType(found));
  }

  #symbol(name: string): ts.Symbol {
    return this.#exports.get(name) ?? expect.unreachable(`there is no ${name}`);
  }

  #resolve(symbol: ts.Symbol): ts.Symbol {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #propertiesOf(type: ts.Type): string[] {
    return type
      .getProperties()
      .filter(
        (property) =>
          property.declarations?.every(
            (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) === 0,
          ) ?? true,
      )
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("_") && !name.startsWith("#"));
  }
}

const ours = new Declarations(at("../../packages/client/dist/node.d.ts"));
const known = new Set([
  ...ours.exports,
  ...["CallOptions", "ClientOptions", "DuplicateOptions", "HttpOptions", "ViewApiOptions"].flatMap(
    (name) => ours.members(name),
  ),
  ...ours.members("HttpOptions").map((name) => `http.${name}`),
  ...ours.members("Client").map((name) => `client.${name}`),
  ...ours.statics("Client").map((name) => `Client.${name}`),
  ...ours.members("Job").map((name) => `job.${name}`),
]);

describe.each(["coming-from-gradio-client.md", "coming-from-npm-client.md"])("%s", (document) => {
  test("names only what is there", () => {
    const named = readTables(document).ours.flatMap(
      (code) => /^(?:(?:client|Client|job|http)\.)?\w+(?=$|\()/.exec(code) ?? [],
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

test("every public member of the installed gradio_client has its row", async () => {
  const script = at("python_members.py");
  const python = process.env["GRADIO_KIT_PYTHON"] ?? "";
  const { stdout } = await promisify(execFile)(python, [script], { timeout: 50_000 });
  expect(readTables("coming-from-gradio-client.md").theirs).toEqual(
    (JSON.parse(stdout) as string[]).toSorted(),
  );
});

test("every export and public member of the installed @gradio/client has its row", () => {
  const manifest = createRequire(import.meta.url).resolve("@gradio/client/package.json");
  const npm = new Declarations(join(dirname(manifest), "dist", "index.d.ts"));
  const connect = npm.parameterOf("Client", "connect", 1);
  const duplicate = npm.parameterOf("Client", "duplicate", 1);
  const submission = npm.resultOf("Client", "submit");
  expect(readTables("coming-from-npm-client.md").theirs).toEqual(
    [
      ...npm.exports,
      ...connect.map((name) => `options.${name}`),
      ...duplicate.filter((name) => !connect.includes(name)).map((name) => `duplicate.${name}`),
      ...npm.members("Client").map((name) => `client.${name}`),
      ...npm.statics("Client").map((name) => `Client.${name}`),
      ...submission.map((name) => `submission.${name}`),
    ].toSorted(),
  );
});
