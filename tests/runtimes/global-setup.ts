import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../apps/embedded.js";
import { gradioVersions } from "../harness/gradio-versions.js";
import { startGradio } from "../harness/python-server.js";
import { pagesFolder } from "./pages/build-page.js";
import { packedClient } from "./runtimes.js";

const program = fileURLToPath(new URL("program", import.meta.url));

/** Starts the two servers, and lays the program beside the packed library. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [gradio, embedded] = await Promise.all([
    startGradio(gradioVersions.newest),
    startEmbedded(),
    rm(pagesFolder, { recursive: true, force: true }),
    cp(program, join(packedClient, "program"), { recursive: true }),
  ]);
  project.provide("servers", [gradio.server, embedded.server]);
  return async () => {
    await Promise.all([gradio.end(), embedded.end()]);
  };
}
