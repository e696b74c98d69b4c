import { inject } from "vitest";
import { gradioVersions } from "../../harness/gradio-versions.js";
import type { Server } from "../../harness/server.js";

/** One version of each kind of file that `codegen` meets: a new wire is tested by the client's own tests. */
const generations = ["5.49.1", "4.44.1", "3.50.2"];

/** The servers of this run that the command line is tried on: commands take their time. */
export function serversOf(which: "newest" | "generations"): readonly [string, Server][] {
  const wanted = which === "newest" ? [] : generations;
  const versions = new Set([gradioVersions.newest, ...wanted]);
  const all = inject("servers");
  const some = all.filter(({ name, version }) => name === "embedded" || versions.has(version));
  // A run on other servers is meant for those.
  return (some.length > 0 ? some : all).map((server) => [server.name, server]);
}
