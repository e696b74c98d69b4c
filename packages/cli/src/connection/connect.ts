import { Client, type ClientOptions } from "@gradio-kit/client";
import type { ConnectionWords } from "../commands/connection-options.js";
import type { Screen } from "../screen/screen.js";
import { clientOptions } from "./client-options.js";

/** Connects to the app as the command line says; the screen tells of a Space that has to wake. */
export async function connect(
  app: string,
  words: ConnectionWords,
  { screen, signal }: { readonly screen: Screen; readonly signal: AbortSignal },
  own: Pick<ClientOptions, "downloadFiles" | "sessionHash"> = {},
): Promise<Client> {
  const options = await clientOptions(words, signal);
  screen.status([`connecting to ${app} ...`]);
  const client = await Client.connect(app, {
    ...options,
    ...own,
    log: (message) => screen.note(message),
    onSpaceStatus: (stage) => screen.status([`waiting for the Space: ${stage} ...`]),
  });
  screen.clear();
  return client;
}
