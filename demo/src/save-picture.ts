import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawPicture } from "./picture.js";

/** Puts the picture of the tour into a folder; gives its path. */
export async function savePicture(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "picture.png");
  await writeFile(path, drawPicture());
  return path;
}
