import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";
import { UsageError } from "../failure/usage-error.js";

/**
 * The hash of the session of this name in this app; made when it is used first. The app keeps the
 * State of a session for a while, an hour as a rule: whoever knows the hash can go on with it.
 *
 * @throws UsageError for a name that no file can have, or when it cannot be kept.
 */
export async function sessionHash(name: string, app: string): Promise<string> {
  if (!/^[\w-][\w.-]{0,99}$/.test(name)) {
    throw new UsageError("--session: a name is letters, digits, dots, - and _.");
  }
  const folder = join(envPaths("gradio-kit", { suffix: "" }).data, "sessions", name);
  const path = join(folder, createHash("sha256").update(addressOf(app)).digest("hex"));
  try {
    return (await read(path)) ?? (await create(folder, path));
  } catch (error) {
    throw new UsageError(`--session: nothing can be kept there: ${(error as Error).message}`);
  }
}

async function read(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch(ignore("ENOENT"));
  return text?.trim() || undefined;
}

/** Complete from the first moment on: of two who make it at a time, both get the one that stays. */
async function create(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(own, `${randomBytes(8).toString("hex")}\n`, { mode: 0o600 });
  try {
    await link(own, path).catch(ignore("EEXIST"));
  } finally {
    await rm(own, { force: true });
  }
  return (await read(path)) ?? "";
}

const ignore = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
  return undefined;
};

/** One address for the ways in which it can be written. */
function addressOf(app: string): string {
  return URL.canParse(app) ? new URL(app).href.replace(/\/$/, "") : app;
}
