import { Client } from "@gradio-kit/client";
import { readInputs, splitWords } from "../arguments.js";
import { findEndpoint, keyOf } from "../find-endpoint.js";
import { followJob } from "../follow-job.js";
import { watchInterrupts } from "../interrupts.js";
import { createOutput } from "../output.js";
import { outputFolder } from "../output-folder.js";
import { openScreen } from "../screen.js";

/** The options of `gradio-kit predict`. */
export interface PredictOptions {
  readonly json?: boolean;
  readonly output?: string;
  readonly verbose?: boolean;
}

/** Calls an endpoint: its values go to stdout, all else to stderr. */
export async function predict(
  app: string,
  words: readonly string[],
  options: PredictOptions,
): Promise<void> {
  const { endpoint: wanted, pairs } = splitWords(words);
  const folder = options.output === undefined ? undefined : await outputFolder(options.output);
  using screen = await openScreen(process.stderr);
  using interrupts = watchInterrupts((message) => screen.note(message));
  const { signal } = interrupts;
  await using client = await Client.connect(app, {
    verbose: options.verbose ?? false,
    signal,
    // Saved here instead: under their own names, where they were asked for.
    ...(folder === undefined ? {} : { downloadFiles: false }),
  });
  const endpoint = await findEndpoint(client, wanted);
  const inputs = readInputs(endpoint, pairs);
  const key = wanted === undefined ? (endpoint.apiName ?? endpoint.fnIndex) : keyOf(wanted);
  const job = client.submit(key, inputs, { signal });
  const output = createOutput({
    streams: endpoint.isGenerator,
    json: options.json ?? false,
    save: async (file) => await folder?.save(file, signal),
    screen,
  });
  await followJob(job, output, screen);
}
