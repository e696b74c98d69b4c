import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";

/** What pasted code sees of the library. */
const declarations = `
declare module "@gradio-kit/client" {
  export class GradioFile { readonly url: string }
  export class FileHandle { readonly name: string }
  export type FileInput = FileHandle | GradioFile;
  export function handleFile(source: string): FileHandle;
  export class Client {
    static connect(src: string): Promise<Client>;
    predict<Result = unknown>(
      endpoint: string | number,
      inputs?: readonly unknown[] | Record<string, unknown>,
      options?: { readonly oauthToken?: string },
    ): Promise<Result>;
  }
}`;

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  noUnusedLocals: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  lib: ["lib.es2022.d.ts"],
  skipLibCheck: true,
  types: [],
};

const libraries = dirname(ts.getDefaultLibFilePath(options));
const parsed = new Map<string, ts.SourceFile>();

/** Compiles a module that uses the library, and gives what the compiler complains about. */
export function complaints(code: string): string[] {
  const files: Readonly<Record<string, string>> = {
    "/pasted.ts": code,
    "/library.d.ts": declarations,
  };
  const read = (name: string): string | undefined =>
    files[name] ??
    (ts.sys.fileExists(libraryPath(name)) ? readFileSync(libraryPath(name), "utf8") : undefined);
  const host: ts.CompilerHost = {
    getSourceFile: (name, target) => {
      const text = read(name);
      if (text === undefined) return undefined;
      const source = parsed.get(name) ?? ts.createSourceFile(name, text, target);
      if (files[name] === undefined) parsed.set(name, source);
      return source;
    },
    getDefaultLibFileName: () => "lib.d.ts",
    getDefaultLibLocation: () => "/lib",
    writeFile: () => {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => read(name) !== undefined,
    readFile: read,
  };
  const program = ts.createProgram(Object.keys(files), options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function libraryPath(name: string): string {
  return join(libraries, name.replace(/^\/lib\//, ""));
}
