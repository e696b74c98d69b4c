import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";
import type { AppDescription } from "./app-description.js";

const folder = (): string => join(envPaths("gradio-kit", { suffix: "" }).cache, "apps");

const pathOf = (app: string): string =>
  join(folder(), `${createHash("sha256").update(app).digest("hex")}.json`);

/** What is known of an app, however old; `undefined` when it is nothing. */
export async function readDescription(app: string): Promise<AppDescription | undefined> {
  return await readFrom(pathOf(app));
}

/** Keeps what is known of an app; complete at any moment, and readable by its user alone. */
export async function keepDescription(description: AppDescription): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const path = pathOf(description.app);
  const own = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(own, JSON.stringify(description), { mode: 0o600 });
  await rename(own, path);
}

/** The apps of which something is known, the latest first. */
export async function knownApps(): Promise<string[]> {
  const names = await readdir(folder()).catch(() => []);
  const found = await Promise.all(names.map((name) => readFrom(join(folder(), name))));
  return found
    .filter((description) => description !== undefined)
    .toSorted((a, b) => b.time - a.time)
    .map(({ app }) => app);
}

async function readFrom(path: string): Promise<AppDescription | undefined> {
  try {
    const value = JSON.parse(await readFile(path, "utf8")) as Partial<AppDescription>;
    return typeof value.app === "string" && Array.isArray(value.endpoints)
      ? (value as AppDescription)
      : undefined;
  } catch {
    // Not there, or of another version: it is asked for anew.
    return undefined;
  }
}
