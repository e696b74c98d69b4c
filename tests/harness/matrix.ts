import { startEmbedded } from "../apps/embedded.js";
import { gradioVersions } from "./gradio-versions.js";
import { startGradio } from "./python-server.js";
import type { StartedServer } from "./server.js";

export interface MatrixEntry {
  readonly name: string;
  start(): Promise<StartedServer>;
}

const real = gradioVersions.versions.map(({ version }) => ({
  name: `gradio ${version}`,
  start: () => startGradio(version),
}));
const all: readonly MatrixEntry[] = [...real, { name: "embedded", start: startEmbedded }];

/**
 * The servers that the contract tests run against. `GRADIO_KIT_SERVERS`, which
 * `npm test -- --server …` sets, picks some of them: `6.31.0,embedded`.
 */
export function matrix(): readonly MatrixEntry[] {
  const wanted = process.env["GRADIO_KIT_SERVERS"]?.split(",");
  if (wanted === undefined) return all;
  const picked = all.filter(({ name }) => wanted.includes(name.replace("gradio ", "")));
  if (picked.length === 0) throw new Error(`GRADIO_KIT_SERVERS names no server: ${wanted}`);
  return picked;
}
