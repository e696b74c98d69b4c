/**
 * Installs the library the way its users get it: packed, into a project of its own in the
 * git-ignored cache folder, with its dependencies from npm.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const place = join(root, ".cache", "packed-client");
const quiet = ["--no-audit", "--no-fund"];

/**
 * @param {string} into
 * @returns {Promise<string>} the name of the archive
 */
async function pack(into) {
  const parameters = ["pack", join(root, "packages", "client"), "--pack-destination", into];
  const output = await run("npm", [...parameters, "--json"]);
  // npm's own warnings may come first.
  const [packed] = JSON.parse(output.slice(output.search(/^\[/m)));
  return packed.filename;
}

/** Packs the library as it is built, and installs it unless this very archive is installed. */
export async function installPackedClient() {
  const fresh = `${place}.making-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    const archive = await pack(fresh);
    const hash = createHash("sha256")
      .update(await readFile(join(fresh, archive)))
      .digest("hex");
    const installed = await readFile(join(place, "archive.sha256"), "utf8").catch(() => "");
    if (installed === hash) return;
    const manifest = {
      private: true,
      type: "module",
      dependencies: { "@gradio-kit/client": `file:${archive}` },
    };
    await writeFile(join(fresh, "package.json"), JSON.stringify(manifest, undefined, 2));
    await run("npm", ["install", "--prefer-offline", ...quiet], { cwd: fresh });
    await writeFile(join(fresh, "archive.sha256"), hash);
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
