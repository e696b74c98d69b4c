import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Reporter, TestModule } from "vitest/node";
import { findHoles, measuredServers, renderCompatibility } from "./compatibility.js";
import type { Feature } from "./compatibility.js";

const file = new URL("../../docs/compatibility.md", import.meta.url);

/** Writes docs/compatibility.md from a whole run, or says that it is not what the run saw. */
export default class CompatibilityReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const contract = modules.filter(({ project }) => project.name === "contract");
    // A run with failures says so itself, and is no measure.
    if (!contract.every((module) => module.ok())) return;
    const { features, ran } = seenBy(contract);
    const isWriting = process.env["GRADIO_KIT_COMPATIBILITY"] === "write";
    if (!measuredServers.every((name) => ran.has(name))) {
      // A machine without the Python that old versions need can test the others.
      if (isWriting) complain("docs/compatibility.md can only be written where all servers run.");
      return;
    }
    const holes = findHoles(features, isWriting);
    if (holes.length > 0) {
      complain(`docs/compatibility.md: these were not measured: ${holes.join(", ")}`);
      return;
    }
    const options = await resolveConfig(file);
    const text = await format(renderCompatibility(features), {
      ...options,
      parser: "markdown",
    });
    if (isWriting) return writeFile(file, text);
    const committed = await readFile(file, "utf8").catch(() => "");
    if (committed === text) return;
    complain("docs/compatibility.md is not what was measured: npm test -- --write-compatibility");
  }
}

function complain(message: string): void {
  console.log(`\n${message}`);
  process.exitCode = 1;
}

/** Which scenarios passed on which servers, in the order of the files and their lines. */
function seenBy(modules: readonly TestModule[]): {
  readonly features: readonly Feature[];
  readonly ran: ReadonlySet<string>;
} {
  const ran = new Set<string>();
  const features: Feature[] = [];
  for (const module of modules.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1))) {
    const scenarios = new Map<string, Set<string>>();
    for (const test of module.children.allTests("passed")) {
      const [, title, server] = /^(.*) \[(.*)\]$/.exec(test.name) ?? [];
      if (title === undefined || server === undefined) continue;
      ran.add(server);
      const passed = scenarios.get(title) ?? new Set();
      scenarios.set(title, passed.add(server));
    }
    const name = basename(module.moduleId, ".test.ts").replaceAll("-", " ");
    if (scenarios.size > 0) features.push({ name, scenarios });
  }
  return { features, ran };
}
