import { SpaceError, spaceStatus } from "@gradio-kit/client";
import type { StatusWords } from "../commands/status.js";
import { clientOptions } from "../connection/client-options.js";
import { table } from "../endpoints/table.js";
import { watchInterrupts } from "../failure/interrupts.js";
import { writeLine } from "../output/write.js";
import { openScreen } from "../screen/screen.js";

/** Prints how a Space is doing; one that cannot be used ends with an error. */
export async function status(space: string, words: StatusWords): Promise<void> {
  const { json = false, quiet = false } = words;
  using screen = await openScreen(process.stderr, { quiet });
  const { signal } = watchInterrupts((message) => screen.note(message));
  const { token, http, sslVerify, timeout } = await clientOptions(words, signal);
  screen.status([`asking for ${space} ...`]);
  const found = await spaceStatus(space, { token, http, sslVerify, timeout, signal });
  screen.clear();
  const { id, stage, meaning, errorMessage, hardware, requestedHardware, url } = found;
  const rows = [
    ["space", `${id}${found.private ? " (private)" : ""}`],
    ["stage", stage],
    ["hardware", hardware ?? "none yet"],
    ...(requestedHardware === hardware ? [] : [["next", requestedHardware ?? ""]]),
    ["page", url],
  ];
  writeLine(json ? JSON.stringify(found, undefined, 2) : table(rows).join("\n"));
  if (!found.usable) {
    const reason = errorMessage === undefined ? "" : `: ${errorMessage}`;
    throw new SpaceError(`The Space "${id}" ${meaning}${reason}.`, { stage, url });
  }
}
