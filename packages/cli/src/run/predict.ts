import type { Client, EndpointInfo } from "@gradio-kit/client";
import type { PredictWords } from "../commands/predict.js";
import { connect } from "../connection/connect.js";
import { sessionHash } from "../connection/session-store.js";
import { findEndpoint } from "../endpoints/find-endpoint.js";
import { watchInterrupts } from "../failure/interrupts.js";
import { UsageError } from "../failure/usage-error.js";
import type { Inputs } from "../inputs/input-document.js";
import { checkComplete, readInputs } from "../inputs/read-inputs.js";
import { openSources, type Sources } from "../inputs/sources.js";
import { uploadFiles } from "../inputs/upload-files.js";
import { sortWords, type Words } from "../inputs/words.js";
import { createOutput } from "../output/output.js";
import { openResultFolder } from "../output/result-folder.js";
import { canAsk } from "../questions/terminal.js";
import { followJob } from "../screen/follow-job.js";
import { openScreen } from "../screen/screen.js";

/** Calls an endpoint: its values go to stdout, all else to stderr. */
export async function predict(
  app: string,
  typed: readonly string[],
  words: PredictWords,
): Promise<void> {
  const { json = false, raw = false, quiet = false, timeout } = words;
  if (json && raw) throw new UsageError("--json and --raw contradict each other.");
  const sorted = sortInputs(typed, words.input);
  using screen = await openScreen(process.stderr, { quiet });
  const interrupts = watchInterrupts((message) => screen.note(message));
  const { signal } = interrupts;
  const place = { screen, signal };
  const files = await openResultFolder(words.output, place);
  const session = words.session === undefined ? undefined : await sessionHash(words.session, app);
  await using client = await connect(
    app,
    words,
    place,
    // Saved here instead: where they were asked for, and with a bar.
    { downloadFiles: false, ...(session === undefined ? {} : { sessionHash: session }) },
  );
  const endpoint = await findEndpoint(client, sorted.endpoint, signal);
  const sources = openSources();
  const read = await readInputs(endpoint, sorted, sources);
  const inputs = fits(endpoint, read)
    ? await uploadFiles(
        client,
        await completed(client, endpoint, read, sources, signal),
        sources.opened,
        place,
      )
    : read;
  const key = endpoint.apiName ?? endpoint.fnIndex;
  const job = client.submit(key, inputs, {
    signal,
    ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
  });
  const output = createOutput({ streams: endpoint.isGenerator, json, raw, files, ...place });
  await followJob(job, output, screen);
}

function sortInputs(typed: readonly string[], input: string | undefined): Words {
  const words = sortWords(typed);
  if (input === undefined) return words;
  if (words.document !== undefined) {
    throw new UsageError("The inputs as JSON can be given only once.");
  }
  return { ...words, document: `@${input}` };
}

/** Whether the endpoint knows all of them. If not, the client's own refusal says what is wrong. */
function fits({ parameters }: EndpointInfo, inputs: Inputs): boolean {
  if (Array.isArray(inputs)) return inputs.length <= parameters.length;
  const names = new Set(parameters.map(({ parameterName }) => parameterName));
  return Object.keys(inputs).every((name) => names.has(name));
}

async function completed(
  client: Client,
  endpoint: EndpointInfo,
  inputs: Inputs,
  sources: Sources,
  signal: AbortSignal,
): Promise<Inputs> {
  if (Array.isArray(inputs) || !canAsk()) {
    checkComplete(endpoint, inputs);
    return inputs;
  }
  const { askMissing } = await import("../questions/ask-missing.js");
  return await askMissing(client, endpoint, inputs, { sources, signal });
}
