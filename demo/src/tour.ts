import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Client, GradioFile, handleFile } from "@gradio-kit/client";
import { readPicture, shareInverted } from "./picture.js";
import { preview } from "./preview.js";
import { savePicture } from "./save-picture.js";
import { bar, heading, isTerminal, passed, passing, say, seconds } from "./screen.js";

/** Where the tour goes and where it leaves its pictures. */
export interface TourOptions {
  readonly url: string;
  /** What runs there, for the first line. */
  readonly app: string;
  /** Relative to the working directory. */
  readonly outputFolder: string;
  readonly signal: AbortSignal;
}

/** Shows everything that the client does, on the app of the tour. */
export async function tour({ url, app, outputFolder, signal }: TourOptions): Promise<void> {
  heading(`1. Connect to ${app}`);
  const start = performance.now();
  await using client = await Client.connect(url, { verbose: false, downloadFiles: false, signal });
  say(`${client.src}: Gradio ${client.config.version}, ${client.endpoints.length} endpoints`);
  say(`connected in ${seconds(performance.now() - start)}`);

  heading("2. What the app can do");
  const api = client.viewApi({ printInfo: false, returnFormat: "str" });
  say(...api.trimEnd().split("\n"));

  heading("3. Send a picture, get one back: /invert");
  await invert(client, outputFolder, signal);

  heading("4. Stream values with progress: /count");
  await count(client, signal);

  heading("5. Cancel a job that would never end: /forever");
  await cancel(client, signal);

  heading("6. Keep a counter in session state: /tally");
  await tally(client, signal);
}

async function invert(client: Client, folder: string, signal: AbortSignal): Promise<void> {
  const sent = await savePicture(folder);
  const result = await client.predict("/invert", { image: handleFile(sent) }, { signal });
  if (!(result instanceof GradioFile)) throw new Error("The app gave no picture back.");
  const saved = await result.save(join(folder, "picture-inverted.png"), { signal });
  const received = relative(process.cwd(), saved);
  const before = readPicture(await readFile(sent));
  const after = readPicture(await readFile(received));
  const share = shareInverted(before, after);
  say(`sent      ${sent} (${before.width} x ${before.height})`);
  say(`received  ${received}: ${(share * 100).toFixed(0)}% of its points have the opposite colour`);
  if (isTerminal) say("", ...preview(before, after));
  if (share < 1) throw new Error("The picture that came back is not the inverted one.");
}

async function count(client: Client, signal: AbortSignal): Promise<void> {
  const job = client.submit<string>("/count", { steps: 12 }, { signal });
  for await (const update of job.updates()) {
    if (update.type === "progress") {
      const [unit] = update.units;
      passing(bar((unit?.index ?? 0) / (unit?.length ?? 1)));
    }
    if (update.type === "log") {
      passed();
      say(`the app says: ${update.message}`);
    }
  }
  passed();
  say(`${job.outputs().length} values came one by one; the last one: ${await job.result()}`);
}

async function cancel(client: Client, signal: AbortSignal): Promise<void> {
  const job = client.submit<number>("/forever", {}, { signal });
  for await (const value of job) {
    passing(`value ${value}`);
    if (job.outputs().length === 5) break;
  }
  passed();
  const start = performance.now();
  const stopped = await job.cancel();
  say(`values until then: ${job.outputs().join(", ")}`);
  say(`cancel() gave ${stopped} after ${seconds(performance.now() - start)}: ${job.status().code}`);
}

async function tally(client: Client, signal: AbortSignal): Promise<void> {
  const add = async (): Promise<number> => await client.predict("/tally", { step: 1 }, { signal });
  say(`three calls: ${[await add(), await add(), await add()].join(", ")}`);
  client.resetSession();
  say(`after resetSession(): ${await add()}`);
}
