import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One row of runtimes.json: a runtime that the library is proven in. */
export interface Runtime {
  readonly name: string;
  readonly kind: "node" | "bun" | "deno" | "workerd" | "chromium";
  /** The exact version, where it comes from npm. */
  readonly version?: string;
  /** How the library gets into the page. */
  readonly page?: "esbuild" | "vite" | "single-file";
}

type Found = { readonly program: string } | { readonly missing: string };

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** Where scripts/packed-packages.mjs installs the library as its users get it. */
export const packedClient: string = fileURLToPath(
  new URL("../../.cache/packed-client", import.meta.url),
);

const note = "../../.cache/runtimes/found.json";
const found = existsSync(new URL(note, import.meta.url))
  ? (read(note) as Readonly<Record<string, Found>>)
  : {};

/** The runtimes that are here. One that could not be had is named in the summary of `npm test`. */
export const runtimes: readonly (Runtime & { readonly program: string })[] = (
  read("runtimes.json") as readonly Runtime[]
).flatMap((runtime) => {
  const entry = found[runtime.name];
  if (entry === undefined) throw new Error(`"npm test" provisions ${runtime.name} first`);
  return "program" in entry ? [{ ...runtime, ...entry }] : [];
});
