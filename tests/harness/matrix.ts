import { startEmbedded } from "../apps/embedded.js";
import { gradioVersions } from "./gradio-versions.js";
import { startGradio } from "./python-server.js";
import type { StartedServer } from "./server.js";

export interface MatrixEntry {
  readonly name: string;
  /** What `GRADIO_KIT_SERVERS` and `npm test -- --server …` call it. */
  readonly id: string;
  /** Whether a plain `npm test` takes it. */
  readonly always: boolean;
  start(): Promise<StartedServer>;
}

/** Every server that there is, newest first. */
export const all: readonly MatrixEntry[] = [
  ...gradioVersions.versions.map(({ version, only }) => ({
    name: `gradio ${version}`,
    id: version,
    always: only === undefined,
    start: () => startGradio(version),
  })),
  { name: "embedded", id: "embedded", always: true, start: startEmbedded },
];

/**
 * The servers that the contract tests run against. `GRADIO_KIT_SERVERS`, which `npm test` sets,
 * picks some of them: `6.31.0,embedded`.
 */
export function matrix(): readonly MatrixEntry[] {
  const wanted = process.env["GRADIO_KIT_SERVERS"]?.split(",");
  if (wanted === undefined) return all.filter(({ always }) => always);
  const unknown = wanted.filter((id) => !all.some((entry) => entry.id === id));
  if (unknown.length > 0) throw new Error(`GRADIO_KIT_SERVERS: no such server: ${unknown}`);
  return all.filter(({ id }) => wanted.includes(id));
}
