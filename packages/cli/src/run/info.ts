import type { EndpointInfo } from "@gradio-kit/client";
import type { InfoWords } from "../commands/info.js";
import { connect } from "../connection/connect.js";
import { appHeading, endpointText } from "../endpoints/endpoint-text.js";
import { findEndpoint } from "../endpoints/find-endpoint.js";
import { listedEndpoints } from "../endpoints/listed-endpoints.js";
import { parameterComponents } from "../endpoints/parameter-component.js";
import { watchInterrupts } from "../failure/interrupts.js";
import { writeLine, writeStyled } from "../output/write.js";
import { openScreen } from "../screen/screen.js";

/** Shows the endpoints of an app, or one of them, on stdout. */
export async function info(
  app: string,
  endpoint: string | undefined,
  words: InfoWords,
): Promise<void> {
  const { json = false, all, quiet = false } = words;
  using screen = await openScreen(process.stderr, { quiet });
  const interrupts = watchInterrupts((message) => screen.note(message));
  await using client = await connect(app, words, { screen, signal: interrupts.signal });
  const show = (shown: EndpointInfo): string =>
    endpointText(shown, app, parameterComponents(client, shown));
  if (endpoint !== undefined) {
    const found = await findEndpoint(client, endpoint, interrupts.signal);
    if (json) writeLine(toJson(found));
    else writeStyled(show(found));
    return;
  }
  const view = { printInfo: false, allEndpoints: all, returnFormat: "dict" } as const;
  if (json) {
    writeLine(toJson(client.viewApi(view)));
    return;
  }
  const { listed, others } = listedEndpoints(client, all);
  const more = others === 0 ? "" : `\n\n${others} more: gradio-kit info ${app} --all`;
  writeStyled([appHeading(client, listed.length), ...listed.map(show)].join("\n\n\n") + more);
}

const toJson = (value: object): string => JSON.stringify(value, undefined, 2);
