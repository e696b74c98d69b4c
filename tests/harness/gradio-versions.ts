import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface GradioVersion {
  readonly version: string;
  /** Left out by a plain `npm test`. */
  readonly only?: "test:all";
}

interface GradioVersions {
  readonly newest: string;
  readonly versions: readonly GradioVersion[];
}

/** The Gradio versions of the matrix, newest first. */
export const gradioVersions: GradioVersions = JSON.parse(
  readFileSync(new URL("gradio-versions.json", import.meta.url), "utf8"),
) as GradioVersions;

/** The Python that has this Gradio version: what `npm test` named, or what it left in the cache. */
export function interpreterOf(version: string): string {
  const named = JSON.parse(process.env["GRADIO_KIT_PYTHONS"] ?? "{}") as Record<string, string>;
  const cached = new URL(`../../.cache/python/gradio-${version}/bin/python`, import.meta.url);
  return named[version] ?? fileURLToPath(cached);
}
