import { Client } from "@gradio-kit/client";
import { endpointText } from "../endpoint-text.js";
import { findEndpoint } from "../find-endpoint.js";
import { watchInterrupts } from "../interrupts.js";
import { printable } from "../printable.js";

/** The options of `gradio-kit info`. */
export interface InfoOptions {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly verbose?: boolean;
}

/** Shows the endpoints of an app, or one of them, on stdout. */
export async function info(
  app: string,
  endpoint: string | undefined,
  options: InfoOptions,
): Promise<void> {
  const { json = false, all, verbose = false } = options;
  using interrupts = watchInterrupts((message) => process.stderr.write(`${message}\n`));
  await using client = await Client.connect(app, { verbose, signal: interrupts.signal });
  if (endpoint !== undefined) {
    const found = await findEndpoint(client, endpoint);
    print(json ? toJson(found) : endpointText(found, app));
    return;
  }
  const view = { printInfo: false, allEndpoints: all } as const;
  print(
    json
      ? toJson(client.viewApi({ ...view, returnFormat: "dict" }))
      : client.viewApi({ ...view, returnFormat: "str" }),
  );
}

const toJson = (value: object): string => JSON.stringify(value, undefined, 2);

function print(text: string): void {
  const shown = process.stdout.isTTY ? printable(text) : text;
  process.stdout.write(`${shown.trimEnd()}\n`);
}
