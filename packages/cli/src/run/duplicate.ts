import { Client } from "@gradio-kit/client";
import type { DuplicateWords } from "../commands/duplicate.js";
import { clientOptions } from "../connection/client-options.js";
import { watchInterrupts } from "../failure/interrupts.js";
import { UsageError } from "../failure/usage-error.js";
import { writeLine } from "../output/write.js";
import { openScreen } from "../screen/screen.js";

/** Makes a copy of a Space, waits until it runs, and prints its id. */
export async function duplicate(
  space: string,
  name: string | undefined,
  words: DuplicateWords,
): Promise<void> {
  const { hardware, sleep, json = false, quiet = false } = words;
  using screen = await openScreen(process.stderr, { quiet });
  const { signal } = watchInterrupts((message) => screen.note(message));
  const options = await clientOptions(words, signal);
  const secrets = Object.fromEntries((words.secret ?? []).map(readSecret));
  const variables = Object.fromEntries((words.variable ?? []).map(readVariable));
  screen.status([`duplicating ${space} ...`]);
  await using client = await Client.duplicate(space, {
    ...options,
    log: (message) => screen.note(message),
    onSpaceStatus: (stage) => screen.status([`waiting for the copy: ${stage} ...`]),
    private: words.public !== true,
    secrets,
    variables,
    ...(name === undefined ? {} : { toId: name }),
    ...(hardware === undefined ? {} : { hardware }),
    ...(sleep === undefined ? {} : { sleepTimeout: sleep }),
  });
  screen.clear();
  const { spaceId, src } = client;
  writeLine(json ? JSON.stringify({ id: spaceId, url: src }) : (spaceId ?? src));
}

/** A secret on the command line would stand in the list of processes. */
function readSecret(name: string): [name: string, value: string] {
  const value = process.env[name];
  if (value !== undefined) return [name, value];
  throw new UsageError(
    name.includes("=")
      ? "--secret: name the variable that holds it, not the secret itself."
      : `--secret: there is no variable ${name}.`,
    "NAME=… gradio-kit duplicate … --secret NAME",
  );
}

function readVariable(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError("--variable: it must be name=value.");
  return [text.slice(0, at), text.slice(at + 1)];
}
