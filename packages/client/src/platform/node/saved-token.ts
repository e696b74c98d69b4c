import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { SavedToken } from "../../io/platform.js";

/** The variables that hold a token, the newer name first. */
const variables = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"];

/**
 * The token of the one who is logged in to the Hub on this machine, where Python's
 * `huggingface_hub` looks for it. Nobody is when `HF_HUB_DISABLE_IMPLICIT_TOKEN` says so.
 */
export async function savedToken(): Promise<SavedToken | undefined> {
  const { env } = process;
  if (/^(?:1|true|yes|on)$/i.test(env["HF_HUB_DISABLE_IMPLICIT_TOKEN"] ?? "")) return undefined;
  for (const name of variables) {
    const token = env[name]?.trim();
    if (token) return { token, from: name };
  }
  try {
    const path = tokenPath();
    const token = (await readFile(path, "utf8")).trim();
    return token === "" ? undefined : { token, from: path };
  } catch {
    // No file, or none that this program may read: nobody is logged in as far as it can tell.
    return undefined;
  }
}

function tokenPath(): string {
  const { HF_TOKEN_PATH, HF_HOME, XDG_CACHE_HOME } = process.env;
  if (HF_TOKEN_PATH) return expanded(HF_TOKEN_PATH);
  if (HF_HOME) return join(expanded(HF_HOME), "token");
  return join(expanded(XDG_CACHE_HOME || join("~", ".cache")), "huggingface", "token");
}

function expanded(path: string): string {
  // Asked for only where it is needed: Deno wants a permission for it.
  return /^~(?=$|[\\/])/.test(path) ? homedir() + path.slice(1) : path;
}
