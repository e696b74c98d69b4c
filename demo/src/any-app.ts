import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client, type EndpointInfo } from "@gradio-kit/client";
import { heading, say } from "./screen.js";

const commandLine = fileURLToPath(new URL("../../packages/cli/bin/gradio-kit.js", import.meta.url));

/** What to do with an app that the user named. */
export interface AnyAppOptions {
  readonly src: string;
  /** `/endpoint key=value ...`, as the command line takes them; empty: the demo chooses. */
  readonly words: readonly string[];
  readonly outputFolder: string;
  readonly signal: AbortSignal;
}

/** Connects to any app, shows its API and calls it. Gives the exit code. */
export async function anyApp(options: AnyAppOptions): Promise<number> {
  const { src, words, outputFolder, signal } = options;
  heading(`1. Connect to ${src}`);
  const chosen = await look(src, signal);
  const call = words.length > 0 ? words : chosen;
  if (call === undefined) {
    heading("3. Call it");
    say("Every endpoint needs something: say which one and what, as in");
    say(`npm run demo -- ${src} /endpoint key=value`);
    return 0;
  }
  heading("3. Call it");
  if (words.length === 0) say(`${call[0]} is the first endpoint that needs nothing, so:`);
  const line = ["predict", src, ...call, "--output", outputFolder];
  say(`npx gradio-kit ${line.join(" ")}`, "");
  // Not detached: Ctrl-C reaches it too, and it then cancels the call in the app.
  const child = spawn(process.execPath, [commandLine, ...line], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/** Shows what there is; gives the first endpoint that can be called without inputs. */
async function look(src: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
  await using client = await Client.connect(src, { verbose: false, downloadFiles: false, signal });
  const title = client.config.title === undefined ? "" : ` "${client.config.title}"`;
  say(`${client.src}: Gradio ${client.config.version}${title}`);
  heading("2. What the app can do");
  const api = client.viewApi({ printInfo: false, returnFormat: "str" });
  say(...api.trimEnd().split("\n"));
  const found = client.endpoints.find(needsNothing);
  return found && [found.apiName ?? String(found.fnIndex)];
}

const needsNothing = ({ visibility, parameters }: EndpointInfo): boolean =>
  visibility === "public" && parameters.every(({ hasDefault }) => hasDefault);
