import type { TestProject } from "vitest/node";
import { startEmbedded } from "../apps/embedded.js";
import { gradioVersions } from "../harness/gradio-versions.js";
import { startGradio } from "../harness/python-server.js";

/** The servers that `GRADIO_KIT_SERVERS` leaves of the newest Gradio and the embedded one. */
const starts = [
  { id: gradioVersions.newest, start: () => startGradio(gradioVersions.newest) },
  { id: "embedded", start: startEmbedded },
];

/** Starts the newest Gradio and the embedded server once for all files; resolves with what ends them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wanted = process.env["GRADIO_KIT_SERVERS"]?.split(",");
  const chosen = starts.filter(({ id }) => wanted?.includes(id) ?? true);
  const results = await Promise.allSettled(chosen.map(({ start }) => start()));
  const started = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  const end = async () => {
    await Promise.all(started.map((server) => server.end()));
  };
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) {
    await end();
    throw failure.reason;
  }
  project.provide(
    "servers",
    started.map(({ server }) => server),
  );
  return end;
}
